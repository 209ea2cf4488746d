/**
 * Tokens for layers.
 *
 * @module
 */
import { logitsRectification } from "../nn/logits_rectification.ts";
import type { Module, Norm } from "../nn/module.ts";
import { nbn, type NbnOptions } from "../nn/nbn.ts";
import { addNorm, replaceNorm } from "../nn/placed_norms.ts";
import { featureNorm, instanceNorm, layerNorm } from "../nn/sample_norms.ts";
import type { Token, Tokens } from "./token.ts";

/** A change to the network's norm layers, convolutions or logits. */
export interface LayerToken extends Token {
  /** Makes the norm layers; at most one token of a recipe can. */
  readonly norm?: () => Norm;
  /** Makes the module applied to the logits; at most one token of a recipe can. */
  readonly logits?: () => Module;
  /** Whether convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
}

const variant = (about: string, place: string, options: NbnOptions): LayerToken => ({
  about: `NBN, ${about}`,
  functions: ["nbn"],
  source: `the paper, ${place}`,
  norm: () => nbn(options),
});

const other = (
  about: string,
  table: string,
  functions: readonly string[],
  norm: () => Norm,
): LayerToken => ({
  about,
  functions,
  source: `the paper, Table ${table}`,
  norm,
});

/** Every layer by its token. */
export const LAYERS: Tokens<LayerToken> = {
  nbn: {
    about: "Normalized Batch Normalization in the last stage",
    source: "the paper, equation 2",
    functions: ["nbn"],
    follows:
      'a bias of length g·‖u‖/√(‖u‖² + 1), which is 0 at first (`biasStart: "smooth"`); by the paper and its code ' +
      "it is g from the first step on (`nbn-reference`)",
    norm: () => nbn(),
  },
  lr: {
    about: "Logits Rectification",
    source: "the paper, equation 4",
    functions: ["logitsRectification"],
    logits: () => logitsRectification(),
  },
  "nbn-reference": variant(
    "its bias of length g from the first step on",
    "equation 2 and its code",
    { biasStart: "reference" },
  ),
  "nbn-untied": variant("weight and bias with a magnitude each", "section IV-B", {
    tieWeightBias: false,
  }),
  "nbn-a": {
    ...variant("Type A: at every BN of the last stage", "Table VI", { placement: "A" }),
    follows: "with experts the paper's code, one magnitude for each expert",
  },
  "nbn-b": variant("Type B: at the BNs of the last stage that are left out", "Table VI", {
    placement: "B",
  }),
  "nbn-c": variant("Type C: at every BN of the network", "Table VI", { placement: "C" }),
  "nbn-not-sharing": variant("each layer with its own magnitude", "Table VII", { share: "none" }),
  "nbn-partially-sharing": variant("each block with its own magnitude", "Table VII", {
    share: "partial",
  }),
  "nbn-fix": variant("its magnitude fixed", "Table IX", { magnitude: "fixed" }),
  "nbn-without-normalization": variant("its directions not normalised", "Table IX", {
    normalize: false,
  }),
  wn: {
    about: "Weight Normalization of all convolutions",
    functions: ["conv", "resnetCifar", "resnet"],
    source: "Salimans and Kingma 2016; the paper, Table X",
    weightNorm: true,
  },
  "feature-norm-c": other(
    "features behind BN of one length over channels",
    "XII",
    ["addNorm", "featureNorm"],
    () => addNorm(featureNorm({ over: "C" })),
  ),
  "feature-norm-chw": other(
    "features behind BN of one length over all values",
    "XII",
    ["addNorm", "featureNorm"],
    () => addNorm(featureNorm({ over: "CHW" })),
  ),
  "replace-ln": other(
    "LayerNorm in the place of BN",
    "XIII",
    ["replaceNorm", "layerNorm"],
    () => replaceNorm(layerNorm()),
  ),
  "replace-in": other(
    "InstanceNorm in the place of BN",
    "XIII",
    ["replaceNorm", "instanceNorm"],
    () => replaceNorm(instanceNorm()),
  ),
  "add-ln": other(
    "LayerNorm behind BN",
    "XIII",
    ["addNorm", "layerNorm"],
    () => addNorm(layerNorm()),
  ),
  "add-in": other(
    "InstanceNorm behind BN",
    "XIII",
    ["addNorm", "instanceNorm"],
    () => addNorm(instanceNorm()),
  ),
};
