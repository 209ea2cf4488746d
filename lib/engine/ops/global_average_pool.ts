/**
 * Global average pooling.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";

/**
 * Averages each channel over height and width; differentiable.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @returns Shape `[batch, channels]`.
 * @throws {RangeError} If `x` is not of rank 4.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...globalAveragePool(tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1])).dataSync()], [3]);
 * ```
 */
export function globalAveragePool(x: tf.Tensor4D): tf.Tensor2D {
  if (x.rank !== 4) {
    throw new RangeError(
      `Expected images [batch, height, width, channels] but found [${x.shape}]`,
    );
  }
  return x.mean([1, 2]);
}
