/**
 * MaxNorm: an upper bound for the lengths of a classifier's weight vectors.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";

/**
 * Returns the bound of LTR-WD's second stage: min + fraction · (max − min) of the lengths after the first stage.
 *
 * Source: Alshammari et al. 2022, Long-Tailed Recognition via Weight Balancing; the bound as in its authors' code.
 *
 * @param weight Classifier weight after the first stage, `[channels, classes]`; its values are downloaded
 * synchronously.
 * @param fraction Position between the shortest and the longest, in [0, 1].
 * @returns The bound, for {@linkcode maxNorm}.
 * @throws {RangeError} If the fraction is not from 0 to 1, or the weight not of rank 2, or empty.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { maxNormThreshold } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * assertAlmostEquals(maxNormThreshold(tf.tensor2d([[3, 0], [4, 15]])), 6, 1e-6);
 * ```
 */
export function maxNormThreshold(weight: tf.Tensor2D, fraction = 0.1): number {
  expectRange("from 0 to 1", { fraction });
  if (weight.size === 0) {
    throw new RangeError(`Expected weights [channels, classes] but found [${weight.shape}]`);
  }
  const lengths = Array.from(tf.tidy(() => lengthsOf(weight).dataSync()));
  const min = lengths.reduce((a, b) => Math.min(a, b));
  const max = lengths.reduce((a, b) => Math.max(a, b));
  return min + fraction * (max - min);
}

/**
 * Projects weight vectors into the ball of the bound: longer ones are scaled down to it, the others are unchanged.
 * LTR-WD applies it once per epoch of its second stage.
 *
 * Source: Alshammari et al. 2022, Long-Tailed Recognition via Weight Balancing.
 *
 * @param weight Shape `[channels, classes]`.
 * @param threshold The bound, above 0.
 * @returns Shape `[channels, classes]`.
 * @throws {RangeError} If the bound is not above 0, or the weight is not of rank 2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...maxNorm(tf.tensor2d([[8, 2]]), 4).dataSync()], [4, 2]);
 * ```
 */
export function maxNorm(weight: tf.Tensor2D, threshold: number): tf.Tensor2D {
  expectRange("above 0", { threshold });
  return weight.mul(tf.div(threshold, lengthsOf(weight).maximum(threshold)));
}

/** Length of each class's weight vector, `[1, classes]`. */
function lengthsOf(weight: tf.Tensor2D): tf.Tensor {
  if (weight.rank !== 2) {
    throw new RangeError(`Expected a weight [channels, classes] but found [${weight.shape}]`);
  }
  return weight.square().sum(0, true).sqrt();
}
