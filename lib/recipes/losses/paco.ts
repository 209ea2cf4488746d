/**
 * Token `paco`.
 *
 * @module
 */
import { paco } from "../../losses/mod.ts";
import { momentumContrast } from "../../nn/momentum_contrast.ts";
import { sgd, warmupCosine } from "../../optim/mod.ts";
import { lengthOf } from "../data_sets/properties.ts";
import type { LossToken } from "./loss_token.ts";

/** Parametric contrastive learning. */
export const pacoToken: LossToken = {
  kind: "loss",
  name: "paco",
  about: "parametric contrastive learning",
  source: "Cui et al. 2021",
  follows: "its authors' code: batch norm within the projection, which the paper does not mention",
  functions: ["paco"],
  loss: (counts) =>
    // Of the paper's data sets, only those of large images have more than 100 classes.
    counts.length > 100
      ? paco(counts, { alpha: 0.05, temperature: 0.2, queue: 8192 })
      : paco(counts),
  extend: (network, { bottlenecks }) =>
    momentumContrast(network, bottlenecks ? { outputs: 128 } : {}),
  // 400 epochs with a warm-up of 10.
  length: (dataSet) => lengthOf(dataSet, { epochs: 400, batch: 128 }),
  first({ dataSet, iterations }) {
    const peak = dataSet.scale === "large" ? 0.02 : 0.05, warmup = Math.round(iterations / 40);
    return {
      schedule: warmupCosine({ iterations, start: 0, peak, warmup }),
      optimizer: sgd({ weightDecay: 5e-4 }),
    };
  },
  refuses: { "mixed images": "compares views of one image" },
  rows: { "Table II": "PaCo" },
};
