/**
 * Type of the tokens for layers.
 *
 * @module
 */
import type { Module, Norm } from "../../nn/module.ts";
import type { Token } from "../token.ts";

/** A change to the network's norm layers, convolutions or logits. */
export interface LayerToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "layer";
  /** Makes the norm layers; at most one token of a recipe can. */
  readonly norm?: () => Norm;
  /** Makes the module applied to the logits; at most one token of a recipe can. */
  readonly logits?: () => Module;
  /** Whether convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
}
