/**
 * Nearest-neighbour upsampling.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { customGradient } from "../../engine/ops/custom_gradient.ts";
import { avgPool } from "../../engine/ops/mod.ts";

/**
 * Doubles the height and width of a map by repeating every cell; differentiable.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @returns Shape `[batch, 2 · height, 2 · width, channels]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const y = upsampled(tf.tensor4d([1, 2], [1, 1, 2, 1]));
 * assertEquals([...y.dataSync()], [1, 1, 2, 2, 1, 1, 2, 2]);
 * ```
 */
export function upsampled(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  return customGradient([x], (x) => ({
    value: tf.image.resizeNearestNeighbor(x, [2 * height, 2 * width]),
    // TensorFlow.js's own gradient is wrong on its plain CPU backend.
    gradient: (dy) => [avgPool(expectRank(dy, 4, "the gradient"), { size: 2 }).mul(4)],
  }));
}
