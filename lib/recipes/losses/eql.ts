/**
 * Token `eql`.
 *
 * @module
 */
import { eql } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** Equalization loss. */
export const eqlToken: LossToken = {
  kind: "loss",
  name: "eql",
  about: "equalization loss, softmax form",
  source: "Tan et al. 2020",
  functions: ["eql"],
  loss: (counts) => eql(counts),
};
