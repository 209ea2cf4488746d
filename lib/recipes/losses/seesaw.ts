/**
 * Token `seesaw`.
 *
 * @module
 */
import { seesaw } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** Seesaw loss. */
export const seesawToken: LossToken = {
  kind: "loss",
  name: "seesaw",
  about: "Seesaw loss",
  source: "Wang et al. 2021",
  functions: ["seesaw"],
  loss: (counts) => seesaw(counts.length),
  refuses: { "mixed images": "counts the one label of each image" },
};
