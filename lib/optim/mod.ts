/**
 * Optimizers and learning rate schedules, ready to use or composed of links.
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
export { chain, type ChainOptions } from "./chain.ts";
export { clipByNorm } from "./clip.ts";
export { constantSchedule } from "./constant_schedule.ts";
export { cosineDecay, type CosineDecayOptions } from "./cosine_decay.ts";
export { joinSchedules } from "./join_schedules.ts";
export { linearSchedule, type LinearScheduleOptions } from "./linear_schedule.ts";
export { momentum, type MomentumOptions } from "./momentum.ts";
export type { Optimizer, SgdOptions } from "./optimizer.ts";
export { scaleByAdam, type ScaleByAdamOptions } from "./scale_by_adam.ts";
export { scaleByRate } from "./scale_by_rate.ts";
export type { Schedule, Warmup } from "./schedule.ts";
export { sgd } from "./sgd.ts";
export { stepDecay, type StepDecayOptions } from "./step_decay.ts";
export type {
  CommonState,
  ElementwiseTransform,
  GradientTransform,
  ParameterStep,
  Transform,
  TransformInputs,
} from "./transform.ts";
export { withWarmup } from "./warmup.ts";
export { warmupCosine, type WarmupCosineOptions } from "./warmup_cosine.ts";
export { decoupledWeightDecay, weightDecay } from "./weight_decay.ts";
