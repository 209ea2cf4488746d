/**
 * Token `focal`.
 *
 * @module
 */
import { focal } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** Focal loss. */
export const focalToken: LossToken = {
  kind: "loss",
  name: "focal",
  about: "focal loss",
  source: "Lin et al. 2017",
  functions: ["focal"],
  follows:
    "with `drw` LDAM's code: weights count within p, and the mean is over images (`weightedProbability`, " +
    "`reduction` of `focal()`, whose own default is PyTorch's weighted mean)",
  loss: () => focal(),
  weighted: (_counts, weights) => focal({ weights, weightedProbability: true, reduction: "mean" }),
  rows: { "Table I": "Focal Loss" },
};
