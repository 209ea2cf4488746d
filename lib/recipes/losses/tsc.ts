/**
 * Token `tsc`.
 *
 * @module
 */
import { crossEntropy } from "../../losses/mod.ts";
import { tDistributed } from "../../nn/t_distributed.ts";
import { cosine, type LossToken } from "./loss_token.ts";

/** t-distributed spherical features. */
export const tsc: LossToken = {
  kind: "loss",
  name: "tsc",
  about: "t-distributed spherical features (a reconstruction)",
  source: "Yang et al. 2023",
  functions: ["tDistributed"],
  // The network itself computes logits from cosines.
  loss: (_counts, smoothing) => crossEntropy({ smoothing }),
  smooths: true,
  head: cosine,
  similarity: () => ({ tsc: tDistributed() }),
  rows: { "Table II": "TSC", "Table III": "TSC" },
};
