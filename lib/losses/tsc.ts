/**
 * TSC: classification by t-distributed spherical features.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import type { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { tDistributedLogits, type TDistributedOptions } from "../nn/t_distributed.ts";
import type { Loss } from "./loss.ts";

/**
 * Cross-entropy of `tDistributedLogits` of cosines.
 *
 * The sharpness a is learned. A network with the layer `tDistributed()` after a cosine head learns it and is trained
 * with plain cross-entropy, as in the recipe; this form is for a sharpness stored elsewhere.
 *
 * **A reconstruction**: the paper's formula was not available; this follows a later paper by its first author.
 *
 * Source: after Yang et al. 2023, T-Distributed Spherical Feature Representation for Imbalanced
 * Classification.
 *
 * @param a Sharpness, a scalar.
 * @param options κ.
 * @returns The loss of cosines.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { tsc } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = tsc(tf.scalar(0))(tf.tensor2d([[0.5, 0.5]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function tsc(a: tf.Scalar, options: TDistributedOptions = {}): Loss {
  return (cosines, labels) => {
    expectBatch(cosines, labels);
    return sparseSoftmaxCrossEntropy(tDistributedLogits(cosines, a, options), labels).mean();
  };
}
