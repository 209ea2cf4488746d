/**
 * Tokens for deferred methods, which change the last fifth of a training.
 *
 * @module
 */
import { effectiveNumberWeights } from "../losses/mod.ts";
import { classBalancedSampler } from "../samplers/mod.ts";
import type { Stage } from "../loop/stages/stage.ts";
import type { LossToken } from "./losses.ts";
import type { StageSetting } from "./recipe.ts";
import type { Token, Tokens } from "./token.ts";

/** A change deferred to the end of a training. */
export interface DeferralToken extends Token {
  /** Returns why it cannot be combined with a loss, or `undefined` if it can. */
  readonly refusesLoss?: (loss: LossToken) => string | undefined;
  /** Returns the deferred settings; a new loss is adapted to mixed images if the stage mixes. */
  change(stage: Stage, loss: LossToken, setting: StageSetting): Partial<Stage>;
}

/** Fraction of the training after which the change applies: epoch 160 of 200. */
const DEFERRED = 0.8;

/** β of the class weights by effective number of images. */
const BETA = 0.9999;

/** Every deferral by its token. */
export const DEFERRALS: Tokens<DeferralToken> = {
  drw: {
    about: "deferred re-weighting: class-balanced weights from 80 % of the training on",
    source: "Cao et al. 2019",
    functions: ["effectiveNumberWeights"],
    refusesLoss: ({ weighted }) =>
      weighted ? undefined : "it weights classes, which that loss does not take",
    change: (_stage, { weighted }, { counts, smoothing }) => ({
      name: "re-weighted",
      loss: weighted!(counts, effectiveNumberWeights(counts, BETA), smoothing),
    }),
  },
  drs: {
    about: "deferred re-sampling: class-balanced sampling from 80 % of the training on",
    source: "Cao et al. 2019",
    functions: ["classBalancedSampler"],
    change: () => ({ name: "re-sampled", sampler: classBalancedSampler }),
  },
};

/**
 * Splits a stage in two; the second part continues the first with other settings.
 *
 * @param stage The whole stage.
 * @param change Settings that differ in the second part.
 * @returns Both parts.
 */
export function deferred(stage: Stage, change: Partial<Stage>): Stage[] {
  const first = Math.max(1, Math.floor(DEFERRED * stage.iterations));
  return [
    { ...stage, iterations: first },
    {
      ...stage,
      iterations: stage.iterations - first,
      schedule: (iteration) => stage.schedule(first + iteration),
      continues: true,
      ...change,
    },
  ];
}
