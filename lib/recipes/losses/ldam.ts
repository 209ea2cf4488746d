/**
 * Tokens `ldam` and `ldam-drw`.
 *
 * @module
 */
import { ldam } from "../../losses/mod.ts";
import { DEFERRED } from "../deferrals/deferral_token.ts";
import { cosine, type LossToken, PLAIN_BEHIND_LR } from "./loss_token.ts";

/** LDAM. */
export const ldamToken: LossToken = {
  kind: "loss",
  name: "ldam",
  about: "label-distribution-aware margins",
  follows: PLAIN_BEHIND_LR,
  source: "Cao et al. 2019",
  functions: ["ldam"],
  loss: (counts) => ldam(counts),
  weighted: (counts) => ldam(counts, { deferAt: 0 }),
  head: cosine,
  rectified: {
    loss: (counts) => ldam(counts, { scale: 1 }),
    weighted: (counts) => ldam(counts, { scale: 1, deferAt: 0 }),
  },
  rows: { "Table I": "LDAM Loss" },
};

/** LDAM that defers re-weighting itself. */
export const ldamDrw: LossToken = {
  kind: "loss",
  name: "ldam-drw",
  about: "LDAM with deferred re-weighting",
  follows: PLAIN_BEHIND_LR,
  source: "Cao et al. 2019",
  functions: ["ldam"],
  loss: (counts) => ldam(counts, { deferAt: DEFERRED }),
  head: cosine,
  rectified: { loss: (counts) => ldam(counts, { scale: 1, deferAt: DEFERRED }) },
  refuses: { drs: "already defers re-weighting" },
};
