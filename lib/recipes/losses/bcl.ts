/**
 * Token `bcl`.
 *
 * @module
 */
import type { Augmentation } from "../../data/augment/mod.ts";
import { bcl } from "../../losses/mod.ts";
import { balancedContrast } from "../../nn/balanced_contrast.ts";
import { stateless } from "../../nn/sequential.ts";
import { cosine, type LossToken } from "./loss_token.ts";

/** Augmentations of the two views that BCL contrasts: crop, flip, colour jitter. */
const SIMPLE_VIEWS = Array<readonly Augmentation[]>(2).fill([
  { name: "random-resized-crop", scale: [0.2, 1] },
  { name: "flip" },
  { name: "color-jitter", hue: 0.1 },
]);

/** Balanced contrastive learning. */
export const bclToken: LossToken = {
  kind: "loss",
  name: "bcl",
  about: "balanced contrastive learning",
  source: "Zhu et al. 2022, BCL",
  functions: ["bcl"],
  loss: (counts) => bcl(counts),
  head: cosine,
  similarity: () => ({ scale: stateless((x) => x.mul(30)) }),
  extend: (network, { bottlenecks }) =>
    balancedContrast(network, bottlenecks ? { hidden: 2048, outputs: 1024 } : {}),
  first: ({ dataSet, augment }) => ({
    views: dataSet.scale === "large" ? undefined : [augment, ...SIMPLE_VIEWS],
  }),
  refuses: { "mixed images": "compares views of one image" },
  rows: { "Table II": "BCL", "Table III": "BCL" },
};
