/**
 * Tokens for the norm layers that the paper compares NBN with.
 *
 * @module
 */
import type { Norm } from "../../nn/module.ts";
import { addNorm, replaceNorm } from "../../nn/placed_norms.ts";
import { featureNorm, instanceNorm, layerNorm } from "../../nn/sample_norms.ts";
import type { LayerToken } from "./layer_token.ts";

/** Makes a token of a row of the paper. */
const other = (
  name: string,
  about: string,
  row: Readonly<Record<string, string>>,
  functions: readonly string[],
  norm: () => Norm,
): LayerToken => ({
  kind: "layer",
  name,
  about,
  functions,
  source: `the paper, ${Object.keys(row)}`,
  norm,
  rows: row,
});

/** Feature norm over channels. */
export const featureNormC = other(
  "feature-norm-c",
  "features after BN normalised over channels",
  { "Table XII": "ResNet-50 + feature norm on channel [C]" },
  ["addNorm", "featureNorm"],
  () => addNorm(featureNorm({ over: "C" })),
);

/** Feature norm over all values. */
export const featureNormChw = other(
  "feature-norm-chw",
  "features after BN normalised over all values",
  { "Table XII": "ResNet-50 + feature norm on channel [C,H,W]" },
  ["addNorm", "featureNorm"],
  () => addNorm(featureNorm({ over: "CHW" })),
);

/** LayerNorm instead of BN. */
export const replaceLn = other(
  "replace-ln",
  "LayerNorm in the place of BN",
  { "Table XIII": "ResNet-50 (replace BN with LN)" },
  ["replaceNorm", "layerNorm"],
  () => replaceNorm(layerNorm()),
);

/** InstanceNorm instead of BN. */
export const replaceIn = other(
  "replace-in",
  "InstanceNorm in the place of BN",
  { "Table XIII": "ResNet-50 (replace BN with IN)" },
  ["replaceNorm", "instanceNorm"],
  () => replaceNorm(instanceNorm()),
);

/** LayerNorm after BN. */
export const addLn = other(
  "add-ln",
  "LayerNorm after BN",
  { "Table XIII": "ResNet-50+LN" },
  ["addNorm", "layerNorm"],
  () => addNorm(layerNorm()),
);

/** InstanceNorm after BN. */
export const addIn = other(
  "add-in",
  "InstanceNorm after BN",
  { "Table XIII": "ResNet-50+IN" },
  ["addNorm", "instanceNorm"],
  () => addNorm(instanceNorm()),
);
