/**
 * Optimizers and learning rate schedules, for the options `optimizer` and `schedule` of `train()`.
 *
 * @example A schedule that warms up and then decays along a cosine
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { warmupCosine } from "@nbn/toolkit/optim";
 *
 * const schedule = warmupCosine({ peak: 0.1, iterations: 1000, warmup: 60 });
 * assertEquals(schedule(60), 0.1);
 * ```
 *
 * @module
 */
export { adamw, type AdamwOptions } from "./adamw.ts";
export { type Optimizer, sgd, type SgdOptions } from "./optimizer.ts";
export {
  constantSchedule,
  type Schedule,
  stepDecay,
  type StepDecayOptions,
  type Warmup,
  warmupCosine,
  type WarmupCosineOptions,
  withWarmup,
} from "./schedule.ts";
