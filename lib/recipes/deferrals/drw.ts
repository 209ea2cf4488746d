/**
 * Token `drw`.
 *
 * @module
 */
import { effectiveNumberWeights } from "../../losses/mod.ts";
import type { DeferralToken } from "./deferral_token.ts";

/** β of the class weights by effective number of images. */
const BETA = 0.9999;

/** Deferred re-weighting. */
export const drw: DeferralToken = {
  kind: "deferral",
  name: "drw",
  about: "deferred re-weighting: class-balanced weights from 80 % of the training on",
  source: "Cao et al. 2019",
  functions: ["effectiveNumberWeights"],
  needs: { "class weights": "weights classes", "single loss": "replaces the loss" },
  refuses: { "soft targets": "has a loss that accepts one label per image" },
  change: (_stage, { weighted }, { counts, smoothing }) => ({
    name: "re-weighted",
    loss: weighted!(counts, effectiveNumberWeights(counts, BETA), smoothing),
  }),
};
