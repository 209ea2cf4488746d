/**
 * Long-tailed recognition: Normalized Batch Normalization (NBN), Logits Rectification (LR), losses, samplers,
 * data and training, for Deno.
 *
 * Importing this module loads no library and downloads nothing; {@linkcode engine} starts TensorFlow on first use.
 *
 * @example A custom network with NBN and LR, trained with class-balanced sampling
 * ```ts
 * import { builtin, classBalancedSampler, crossEntropy, logitsRectification, nbn, resnetCifar, train } from "./mod.ts";
 *
 * const data = builtin({ max: 40, imbalance: 10, testImages: 2 });
 * const network = resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn(), logits: logitsRectification() });
 * const result = await train({
 *   data,
 *   network,
 *   loss: crossEntropy(),
 *   sampler: classBalancedSampler,
 *   batch: 8,
 *   iterations: 2,
 * });
 * console.log(result.head, result.medium, result.tail);
 * ```
 *
 * @module
 */
export * from "./lib/core/errors.ts";
export { type Rng, rng } from "./lib/core/rng.ts";
export { disposeTree, flatten, mapTree, type Params, unflatten } from "./lib/core/tree.ts";
export * from "./lib/analysis/mod.ts";
export * from "./lib/data/mod.ts";
export * from "./lib/detection/mod.ts";
export * from "./lib/engine/mod.ts";
export * from "./lib/export/mod.ts";
export * from "./lib/losses/mod.ts";
export * from "./lib/nn/mod.ts";
export * from "./lib/notebooks/mod.ts";
export * from "./lib/plots/mod.ts";
export * from "./lib/post_hoc/mod.ts";
export * from "./lib/report/mod.ts";
export * from "./lib/samplers/mod.ts";
export * from "./lib/train/mod.ts";
