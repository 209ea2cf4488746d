/**
 * Token `logn`.
 *
 * @module
 */
import { measureLogitStatistics } from "../../loop/stages/logit_statistics.ts";
import { appendLayers } from "../../nn/append_layers.ts";
import { calibratedLogits } from "../../nn/calibrated_logits.ts";
import { measuringStage, type PostHocToken } from "./post_hoc_token.ts";

/** LogN. */
export const logn: PostHocToken = {
  kind: "post-hoc method",
  name: "logn",
  about: "LogN: logits normalised by the training set",
  source: "Zhao et al. 2024",
  functions: ["logN", "measureLogitStatistics"],
  brings: ["ce"],
  extend: (network) => appendLayers(network, { logn: calibratedLogits() }),
  measure: () => measuringStage("logn", measureLogitStatistics("logn")),
  rows: { "Table II": "LogN", "Table XVII": "LogN" },
};
