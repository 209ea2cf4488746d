/**
 * Token `drs`.
 *
 * @module
 */
import { classBalancedSampler } from "../../samplers/mod.ts";
import type { DeferralToken } from "./deferral_token.ts";

/** Deferred re-sampling. */
export const drs: DeferralToken = {
  kind: "deferral",
  name: "drs",
  about: "deferred re-sampling: class-balanced sampling from 80 % of the training on",
  source: "Cao et al. 2019",
  functions: ["classBalancedSampler"],
  change: () => ({ name: "re-sampled", sampler: classBalancedSampler }),
};
