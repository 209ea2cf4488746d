/**
 * Token `post-hoc-adjust`.
 *
 * @module
 */
import { logPriors } from "../../losses/counts.ts";
import { appendLayers } from "../../nn/append_layers.ts";
import { calibratedLogits } from "../../nn/calibrated_logits.ts";
import type { PostHocToken } from "./post_hoc_token.ts";

/** Logit adjustment after training. */
export const postHocAdjust: PostHocToken = {
  kind: "post-hoc method",
  name: "post-hoc-adjust",
  about: "logit adjustment after training",
  source: "Menon et al. 2021",
  functions: ["logitAdjustment", "calibratedLogits"],
  brings: ["ce"],
  refuses: { "adjusted logits": "adjusts logits already adjusted by the loss" },
  extend(network, counts) {
    return appendLayers(network, { adjustment: calibratedLogits(logPriors(counts)) });
  },
};
