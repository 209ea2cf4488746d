/**
 * Weighted sums of rows of a table: a product with a sparse matrix.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";

/**
 * Sums rows of a table: y_m = Σ_k weight_mk · table[index_mk]. Differentiable in the table only. With one index and
 * weights of 1 it gathers rows, with a gradient whose sums have a fixed order.
 *
 * @param table Shape `[rows, channels]`, float32.
 * @param indices Shape `[sums, terms]`, int32, in [0, rows).
 * @param weights Shape `[sums, terms]`, float32; a constant.
 * @returns Shape `[sums, channels]`.
 * @throws {TypeError} If the indices are not int32.
 * @throws {RangeError} If the shapes do not match.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const table = tf.tensor2d([[1, 2], [10, 20]]);
 * const y = weightedRows(table, tf.tensor2d([[0, 1]], [1, 2], "int32"), tf.tensor2d([[3, 0.5]]));
 * assertEquals([...y.dataSync()], [8, 16]);
 * ```
 */
export function weightedRows(
  table: tf.Tensor2D,
  indices: tf.Tensor2D,
  weights: tf.Tensor2D,
): tf.Tensor2D {
  if (indices.dtype !== "int32") {
    throw new TypeError(`Expected indices to be int32 but found ${indices.dtype}`);
  }
  if (table.rank !== 2 || indices.rank !== 2 || `${indices.shape}` !== `${weights.shape}`) {
    throw new RangeError(
      `Expected a table [rows, channels], indices and weights [sums, terms] but found [${table.shape}], ` +
        `[${indices.shape}] and [${weights.shape}]`,
    );
  }
  return isNative() ? native(table, indices, weights) : portable(table, indices, weights);
}

/** The product runs on one thread, so large ones are divided into as many parts. */
const PARTS = 4;
/** Parts have at least this many sums, or channels. */
const LEAST_SUMS = 1024, LEAST_CHANNELS = 64;

function native(table: tf.Tensor2D, indices: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  const [sums, terms] = indices.shape;
  return tf.customGrad((input, save) => {
    const rows = input as tf.Tensor2D, [size, channels] = rows.shape;
    (save as tf.GradSaveFunc)([indices, weights]);
    return {
      // Sums are divided in the product, channels in its transpose, so that the order of each sum stays the same.
      value: tf.concat(
        parts(sums, LEAST_SUMS).map(([begin, count]) =>
          product(
            indices.slice([begin, 0], [count, terms]),
            weights.slice([begin, 0], [count, terms]),
            rows,
            size,
            false,
          )
        ),
      ),
      gradFunc: (dy: tf.Tensor, [indices, weights]: tf.Tensor[]) =>
        tf.concat(
          parts(channels, LEAST_CHANNELS).map(([begin, count]) =>
            product(indices, weights, dy.slice([0, begin], [sums, count]), size, true)
          ),
          1,
        ),
    };
  })(table) as tf.Tensor2D;
}

/** Product of the sparse matrix `[sums, size]`, or of its transpose, with a dense one. */
function product(
  indices: tf.Tensor,
  weights: tf.Tensor,
  dense: tf.Tensor,
  size: number,
  transposed: boolean,
): tf.Tensor {
  const [sums, terms] = indices.shape;
  const number = tf.range(0, sums, 1, "int32").reshape([sums, 1]).tile([1, terms!]);
  const places = tf.stack([number.flatten(), indices.flatten()], 1);
  const shape = execute("Cast", { DstT: "int64" }, [tf.tensor1d([sums, size], "int32")], 1)[0];
  const operands = [places, weights.flatten(), shape, dense];
  return execute("SparseTensorDenseMatMul", { adjoint_a: transposed }, operands, 1)[0];
}

/** Divides a range into parts of at least `least` elements; returns the begin and the length of each. */
function parts(length: number, least: number): [begin: number, count: number][] {
  const number = Math.max(1, Math.min(PARTS, Math.floor(length / least)));
  return Array.from({ length: number }, (_, part) => {
    const begin = Math.floor(length * part / number);
    return [begin, Math.floor(length * (part + 1) / number) - begin];
  });
}

function portable(table: tf.Tensor2D, indices: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  const terms = tf.unstack(indices, 1), factors = tf.unstack(weights, 1);
  return terms
    .map((term, k) => tf.gather(table, term as tf.Tensor1D).mul(factors[k].expandDims(1)))
    .reduce((sum, term) => sum.add(term)) as tf.Tensor2D;
}
