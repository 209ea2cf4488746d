/**
 * Samplers for long-tailed recognition: endless, seeded streams of image indices that can be resumed at any position
 * and sharded among workers.
 *
 * @module
 */
export { bbnMix, bbnShare } from "./bbn_mix.ts";
export { classAware } from "./class_aware.ts";
export { classBalanced } from "./class_balanced.ts";
export { effectiveNumber, type EffectiveNumberOptions } from "./effective_number.ts";
export { instanceBalanced } from "./instance_balanced.ts";
export { progressivelyBalanced, type ScheduledSamplerOptions } from "./progressively_balanced.ts";
export { repeatFactor, type RepeatFactorOptions, repeatFactors } from "./repeat_factor.ts";
export { reversed } from "./reversed.ts";
export { squareRoot } from "./square_root.ts";
export type { IndexStream, Sampler, SamplerOptions } from "./stream.ts";
