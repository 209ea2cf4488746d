/**
 * Token `abc-norm`.
 *
 * @module
 */
import { abcNorm } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** ABC-Norm. */
export const abcNormToken: LossToken = {
  kind: "loss",
  name: "abc-norm",
  about: "ABC-Norm regularisation",
  source: "Hsu et al. 2023",
  functions: ["abcNorm"],
  loss: (counts) => abcNorm(counts),
  rows: { "Table II": "ABC-Norm", "Table III": "ABC-Norm" },
};
