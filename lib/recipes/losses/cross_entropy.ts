/**
 * Token `ce`.
 *
 * @module
 */
import { crossEntropy, softCrossEntropy } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** Cross-entropy. */
export const ce: LossToken = {
  kind: "loss",
  name: "ce",
  about: "cross-entropy",
  source: "the paper's baseline",
  functions: ["crossEntropy"],
  loss: (_counts, smoothing) => crossEntropy({ smoothing }),
  smooths: true,
  weighted: (_counts, weights, smoothing) => crossEntropy({ weights, smoothing }),
  soft: () => softCrossEntropy,
  rows: {
    "Table I": "Cross Entropy",
    "Table II": "Cross Entropy",
    "Table III": "Cross Entropy",
    "Table IV": "cross entropy",
    "Table VI": "Baseline",
    "Table VII": "cross entropy",
    "Table VIII": "Stage 1, Baseline",
    "Table IX": "Cross Entropy",
    "Table X": "Cross Entropy",
    "Table XI": "Cross Entropy",
    "Table XII": "ResNet-50",
    "Table XIII": "ResNet-50",
    "Table XV": "Cross Entropy, Baseline",
    "Table XVII": "Cross Entropy",
  },
};
