/**
 * Token `ala`.
 *
 * @module
 */
import { ala } from "../../losses/mod.ts";
import { cosine, type LossToken } from "./loss_token.ts";

/** Adaptive logit adjustment. */
export const alaToken: LossToken = {
  kind: "loss",
  name: "ala",
  about: "adaptive logit adjustment",
  source: "Zhao et al. 2022",
  functions: ["ala"],
  loss: (counts) => ala(counts),
  head: cosine,
  refuses: { lr: "measures difficulty by cosines, which lr changes" },
  rows: { "Table II": "ALA" },
};
