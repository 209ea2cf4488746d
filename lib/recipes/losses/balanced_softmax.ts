/**
 * Tokens `balanced-softmax` and `logit-adjust`.
 *
 * @module
 */
import { addToLogits } from "../../losses/counts.ts";
import { balancedSoftmax, logitAdjusted, softCrossEntropy } from "../../losses/mod.ts";
import type { SoftLoss } from "../../loop/mixing.ts";
import type { LossToken } from "./loss_token.ts";

/** Cross-entropy of z + log n with a soft target per image. */
const balancedSoft = (counts: readonly number[]): SoftLoss => (logits, targets) =>
  softCrossEntropy(addToLogits(logits, counts.map(Math.log)), targets);

/** Balanced Softmax. */
export const balancedSoftmaxToken: LossToken = {
  kind: "loss",
  name: "balanced-softmax",
  about: "Balanced Softmax",
  source: "Ren et al. 2020",
  functions: ["balancedSoftmax"],
  loss: (counts, smoothing) => balancedSoftmax(counts, { smoothing }),
  smooths: true,
  soft: balancedSoft,
  provides: ["adjusted logits"],
  rows: {
    "Table I": "Balanced Softmax",
    "Table II": "Balanced Softmax",
    "Table III": "Balanced Softmax",
  },
};

/** Logit adjustment in training. */
export const logitAdjust: LossToken = {
  kind: "loss",
  name: "logit-adjust",
  about: "logit-adjusted cross-entropy",
  source: "Menon et al. 2021",
  functions: ["logitAdjusted"],
  loss: (counts, smoothing) => logitAdjusted(counts, { smoothing }),
  smooths: true,
  // log n and log π differ by a constant, to which softmax is invariant.
  soft: balancedSoft,
  provides: ["adjusted logits"],
};
