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
    "mixed images": "has experts, each with its own classes",
    "one classifier": "has one classifier per expert",
  },
  rows: { "Table II": "ACE" },
};
