/**
 * Tokens for layers.
 *
 * @module
 */
import { lr } from "../../nn/lr.ts";
import type { Module, Norm } from "../../nn/module.ts";
import { nbn } from "../../nn/nbn.ts";
import type { Token, Tokens } from "./token.ts";

/** What changes the network: its norm layers or its logits. */
export interface LayerToken extends Token {
  /** Makes the norm layers; one token of a recipe may. */
  readonly norm?: () => Norm;
  /** Makes what is applied to the logits; one token of a recipe may. */
  readonly logits?: () => Module;
}

/** Every layer by its token. */
export const LAYERS: Tokens<LayerToken> = {
  nbn: {
    about: "Normalized Batch Normalization in the last stage",
    source: "the paper, equation 2",
    functions: ["nbn"],
    norm: () => nbn(),
  },
  lr: {
    about: "Logits Rectification",
    source: "the paper, equation 4",
    functions: ["lr"],
    logits: () => lr(),
  },
};
