/**
 * Schedule and optimizer of RIDE's training.
 *
 * @module
 */
import type { Stage } from "../../loop/stages/stage.ts";
import { sgd, stepDecay, withWarmup } from "../../optim/mod.ts";
import type { StageSetting } from "../recipe.ts";

/** Options of {@linkcode rideStage}. */
export interface RideStageOptions {
  /**
   * Fractions of the training at which the learning rate drops.
   *
   * @default {epochs 160 and 180 of 200; of large images 60 and 80 of 100}
   */
  readonly drops?: readonly number[];
  /**
   * Weight decay.
   *
   * @default {5e-4; of large images 2e-4}
   */
  readonly weightDecay?: number;
  /**
   * Fraction of the training spent on the warm-up.
   *
   * @default {5 epochs}
   */
  readonly warmup?: number;
}

/**
 * Returns schedule and optimizer of RIDE's training: 200 epochs, or 100 for large images.
 *
 * @param setting Data set, steps, batch size.
 * @param options Warm-up, drops of the learning rate, weight decay.
 * @returns Schedule and optimizer of a stage.
 */
export function rideStage(
  { dataSet, iterations, batch }: StageSetting,
  options: RideStageOptions = {},
): Pick<Stage, "schedule" | "optimizer"> {
  const large = dataSet.scale === "large";
  const {
    drops = large ? [0.6, 0.8] : [0.8, 0.9],
    weightDecay = large ? 2e-4 : 5e-4,
    warmup = large ? 0.05 : 0.025,
  } = options;
  const at = drops.map((fraction) => Math.floor(fraction * iterations));
  const schedule = stepDecay({
    rate: large ? 0.1 * batch / 256 : 0.1,
    // In a training of few steps both drops can coincide.
    at: [...new Set(at)],
    factor: large ? 0.1 : 0.01,
  });
  return {
    schedule: withWarmup(schedule, Math.round(iterations * warmup)),
    optimizer: sgd({ weightDecay, nesterov: true }),
  };
}
