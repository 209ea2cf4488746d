/**
 * Type of the tokens for deferred methods, which change the last fifth of a training.
 *
 * @module
 */
import type { Stage } from "../../loop/stages/stage.ts";
import type { LossToken } from "../losses/loss_token.ts";
import type { StageSetting } from "../recipe.ts";
import type { Token } from "../token.ts";

/** A change deferred to the end of a training. */
export interface DeferralToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "deferral";
  /** Returns the deferred settings; a new loss is adapted to mixed images if the stage mixes. */
  change(stage: Stage, loss: LossToken, setting: StageSetting): Partial<Stage>;
}

/** Fraction of the training after which the change applies: epoch 160 of 200. */
export const DEFERRED = 0.8;

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
