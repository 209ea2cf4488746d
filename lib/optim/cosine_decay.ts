/**
 * Cosine decay of the learning rate.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRate, type Schedule } from "./schedule.ts";
import { withoutWarmup } from "./warmup.ts";

/** Options of {@linkcode cosineDecay}. */
export interface CosineDecayOptions {
  /** Learning rate of the first step, from 0. */
  readonly rate: number;
  /** Number of steps until the rate is 0, at least 1. */
  readonly iterations: number;
}

/**
 * Half a period of a cosine from the initial rate to 0.
 *
 * Source: Loshchilov and Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts, without restarts.
 *
 * @param options Rate and number of steps.
 * @returns The schedule.
 * @throws {RangeError} If the rate is negative, or the number of steps is not an integer of at least 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { cosineDecay } from "@nbn/toolkit/optim";
 *
 * assertAlmostEquals(cosineDecay({ rate: 0.1, iterations: 200 })(100), 0.05);
 * ```
 */
export function cosineDecay({ rate, iterations }: CosineDecayOptions): Schedule {
  expectRate("rate", rate);
  expectRange("an integer of at least 1", { iterations });
  return withoutWarmup((iteration) =>
    rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, iteration / iterations)))
  );
}
