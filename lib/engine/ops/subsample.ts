/**
 * Strided subsampling of images.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { asNode } from "../graph/capture.ts";

/**
 * Selects every `stride`-th row and column of images, starting with the first; differentiable.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @param stride A positive integer.
 * @returns Shape `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`.
 * @throws {RangeError} If the stride is not a positive integer or `x` not of rank 4.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const x = tf.range(0, 9).as4D(1, 3, 3, 1);
 * assertEquals([...subsample(x, 2).dataSync()], [0, 2, 6, 8]);
 * ```
 */
export function subsample(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (x.rank !== 4 || !Number.isInteger(stride) || stride < 1) {
    throw new RangeError(
      `Expected images [batch, height, width, channels] and a stride from 1 but found [${x.shape}] and ${stride}`,
    );
  }
  if (stride === 1) return x;
  return everyNth(x, [stride, stride]);
}

/**
 * Selects every n-th row and column, starting with the first, by reshaping and slicing. Both have gradients on every
 * backend and copy whole rows: TensorFlow's StridedSlice is several times slower.
 *
 * @param x Shape `[batch, height, width, channels]`.
 * @param stride Strides over rows and columns.
 * @returns Shape `[batch, ⌈height / stride[0]⌉, ⌈width / stride[1]⌉, channels]`.
 */
export function everyNth(x: tf.Tensor4D, [down, right]: readonly [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const rows = Math.ceil(height / down), columns = Math.ceil(width / right);
  return asNode(
    "EveryNth",
    { strides: [down, right] },
    { x },
    () =>
      tf.pad4d(x, [[0, 0], [0, rows * down - height], [0, columns * right - width], [0, 0]])
        .reshape([batch * rows, down * columns * right * channels])
        .slice([0, 0], [batch * rows, columns * right * channels])
        .reshape([batch * rows * columns, right * channels])
        .slice([0, 0], [batch * rows * columns, channels])
        .reshape([batch, rows, columns, channels]),
  );
}
