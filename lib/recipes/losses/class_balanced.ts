/**
 * Token `cb`.
 *
 * @module
 */
import { classBalancedLoss } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** Class-balanced loss. */
export const cb: LossToken = {
  kind: "loss",
  name: "cb",
  about: "class-balanced loss",
  source: "Cui et al. 2019",
  functions: ["classBalancedLoss"],
  follows:
    'its authors\' code: the mean over the batch (`reduction: "mean"`); PyTorch divides by the sum of weights ' +
    '(`"weighted-mean"`)',
  loss: (counts) => classBalancedLoss(counts),
};
