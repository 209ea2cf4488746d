/**
 * Token `ace`.
 *
 * @module
 */
import { ace } from "../../losses/mod.ts";
import { aceExperts } from "../../nn/ace_experts.ts";
import type { LossToken } from "./loss_token.ts";

/** ACE. */
export const aceToken: LossToken = {
  kind: "loss",
  name: "ace",
  about: "ACE: experts for ever rarer classes (a reconstruction)",
  source: "Cai et al. 2021",
  functions: ["ace", "aceExperts"],
  loss: (counts) => ace(counts),
  backbone: (plain, pieces, counts) => aceExperts(plain, { ...pieces, counts }),
  refuses: {
    "mixed images": "has experts, each with classes of its own",
    "one classifier": "has a classifier for each of its experts",
  },
  rows: { "Table II": "ACE" },
};
