/**
 * Tokens `nbn` and `nbn-…`.
 *
 * @module
 */
import { nbn, type NbnOptions } from "../../nn/nbn.ts";
import type { LayerToken } from "./layer_token.ts";

/** NBN. */
export const nbnToken: LayerToken = {
  kind: "layer",
  name: "nbn",
  about: "Normalized Batch Normalization in the last stage",
  source: "the paper, equation 2",
  functions: ["nbn"],
  follows:
    'a bias of length g·‖u‖/√(‖u‖² + 1), which is 0 at first (`biasStart: "smooth"`); by the paper and its code ' +
    "it is g from the first step on (`nbn-reference`)",
  norm: () => nbn(),
  rows: {
    "Table IV": "Ours",
    "Table VI": "Ours",
    "Table VII": "sharing all (Ours)",
    "Table VIII": "Stage 1, NBN",
    "Table IX": "Ours",
    "Table X": "NBN",
    "Table XI": "Ours",
    "Table XII": "ResNet-50 + Ours",
    "Table XIII": "ResNet-50 + Ours",
    "Table XV": "Cross Entropy + NBN",
  },
};

/** Makes the token of a variant of NBN. */
const variant = (
  name: string,
  about: string,
  section: string,
  options: NbnOptions,
  others: Pick<LayerToken, "rows" | "follows"> = {},
): LayerToken => ({
  kind: "layer",
  name: `nbn-${name}`,
  about: `NBN, ${about}`,
  functions: ["nbn"],
  source: `the paper, ${section}`,
  norm: () => nbn(options),
  ...others,
});

/** NBN whose bias starts as in the paper's code. */
export const nbnReference = variant(
  "reference",
  "its bias of length g from the first step on",
  "equation 2 and its code",
  { biasStart: "reference" },
);

/** NBN with two magnitudes. */
export const nbnUntied = variant(
  "untied",
  "weight and bias with a magnitude each",
  "section IV-B",
  { tieWeightBias: false },
);

/** NBN whose weights start as those of batch norm. */
export const nbnBnStart = variant(
  "bn-start",
  "its magnitude √channels at first, so that weights start at 1 as batch norm's",
  "equation 2",
  { magnitudeStart: "batch-norm" },
);

/** NBN with two magnitudes whose weights start as those of batch norm. */
export const nbnBnStartUntied = variant(
  "bn-start-untied",
  "weight and bias with a magnitude each, both √channels at first",
  "section IV-B",
  { magnitudeStart: "batch-norm", tieWeightBias: false },
);

/** NBN of the weight, with batch norm's bias. */
export const nbnPlainBias = variant(
  "plain-bias",
  "of the weight alone, with batch norm's bias",
  "equation 2, its γ",
  { bias: "plain" },
);

/** NBN of the weight, without a bias. */
export const nbnZeroBias = variant(
  "zero-bias",
  "of the weight alone, with a bias of 0",
  "equation 2, its γ",
  { bias: "zero" },
);

/** NBN at every BN of the last stage. */
export const nbnA = variant(
  "a",
  "Type A: at every BN of the last stage",
  "Table VI",
  { placement: "A" },
  {
    rows: { "Table VI": "Type A" },
    follows: "with experts the paper's code, one magnitude for each expert",
  },
);

/** NBN at the other BNs of the last stage. */
export const nbnB = variant(
  "b",
  "Type B: at the other BNs of the last stage",
  "Table VI",
  { placement: "B" },
  { rows: { "Table VI": "Type B" } },
);

/** NBN at every BN. */
export const nbnC = variant(
  "c",
  "Type C: at every BN of the network",
  "Table VI",
  { placement: "C" },
  { rows: { "Table VI": "Type C" } },
);

/** NBN with a magnitude for each layer. */
export const nbnNotSharing = variant(
  "not-sharing",
  "each layer with its own magnitude",
  "Table VII",
  { share: "none" },
  { rows: { "Table VII": "not sharing" } },
);

/** NBN with a magnitude for each block. */
export const nbnPartiallySharing = variant(
  "partially-sharing",
  "each block with its own magnitude",
  "Table VII",
  { share: "partial" },
  { rows: { "Table VII": "partially sharing" } },
);

/** NBN with a fixed magnitude. */
export const nbnFix = variant(
  "fix",
  "its magnitude fixed",
  "Table IX",
  { magnitude: "fixed" },
  { rows: { "Table IX": "Fix" } },
);

/** NBN without normalisation. */
export const nbnWithoutNormalization = variant(
  "without-normalization",
  "its directions not normalised",
  "Table IX",
  { normalize: false },
  { rows: { "Table IX": "Ours w/o. normalization" } },
);
