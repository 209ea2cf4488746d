/**
 * Samplers for long-tailed recognition: endless, seeded streams of image indices that can be resumed at any position
 * and sharded among workers. This door loads no TensorFlow.js.
 *
 * @example Ten indices, each class equally likely
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classBalancedSampler } from "@nbn/toolkit/samplers";
 *
 * const labels = [0, 0, 0, 0, 0, 0, 0, 1];
 * const drawn = classBalancedSampler(labels, { seed: 1 }).fill(new Int32Array(10));
 * assertEquals(drawn.every((image) => image < labels.length), true);
 * ```
 *
 * @module
 */
export { bbnAlpha, bbnSampler } from "./bbn.ts";
export { classAwareSampler } from "./class_aware.ts";
export { classBalancedSampler } from "./class_balanced.ts";
export { classWeighted } from "./class_weighted.ts";
export { type EffectiveNumberOptions, effectiveNumberSampler } from "./effective_number.ts";
export type { SamplerDescription } from "./description.ts";
export { instanceBalancedSampler } from "./instance_balanced.ts";
export {
  progressivelyBalancedSampler,
  type ScheduledSamplerOptions,
} from "./progressively_balanced.ts";
export { type RepeatFactorOptions, repeatFactors, repeatFactorSampler } from "./repeat_factor.ts";
export { reversedSampler } from "./reversed.ts";
export { squareRootSampler } from "./square_root.ts";
export { type IndexStream, type Sampler, type SamplerOptions, streamOf } from "./stream.ts";
