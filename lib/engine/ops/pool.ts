/**
 * Average and maximum pooling.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { asNode } from "../graph/capture.ts";
import { execute, isNative } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";
import { pair } from "./conv2d.ts";
import { LOWEST, portablePool } from "./portable_pool.ts";

/** Options of {@linkcode avgPool} and {@linkcode maxPool}. */
export interface PoolOptions {
  /** Size of the window, for both axes or for height and width. */
  size: number | readonly [number, number];
  /**
   * Step between windows, for both axes or for height and width.
   *
   * @default {size}
   */
  stride?: number | readonly [number, number];
  /**
   * `"same"`, `"valid"`, or the number of padded rows and columns on every side. As in PyTorch, explicit padding
   * counts as zero in a mean and is ignored in a maximum.
   *
   * @default {"valid"}
   */
  padding?: "same" | "valid" | number;
}

/**
 * Averages over each window; differentiable.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @param options Window, stride, padding.
 * @returns Shape `[batch, height / stride, width / stride, channels]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
 * assertEquals([...avgPool(x, { size: 2 }).dataSync()], [2.5]);
 * ```
 */
export function avgPool(x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  return poolNode("AvgPool", x, options, () =>
    pool(
      "Avg",
      typeof options.padding === "number" ? zeroPadded(x, options.padding) : x,
      options,
    ));
}

/**
 * Takes the maximum over each window; differentiable.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @param options Window, stride, padding.
 * @returns Shape `[batch, height / stride, width / stride, channels]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
 * assertEquals([...maxPool(x, { size: 2 }).dataSync()], [4]);
 * ```
 */
export function maxPool(x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  return poolNode("MaxPool", x, options, () => {
    const padded = typeof options.padding === "number" && options.padding > 0
      ? bordered(x, options.padding, LOWEST)
      : x;
    return pool("Max", padded, options);
  });
}

function poolNode(
  operation: "AvgPool" | "MaxPool",
  x: tf.Tensor4D,
  { size, stride = size, padding = "valid" }: PoolOptions,
  compute: () => tf.Tensor4D,
): tf.Tensor4D {
  const attributes = { filterSize: pair(size), strides: pair(stride), pad: padding };
  return asNode(operation, attributes, { x }, compute);
}

function zeroPadded(x: tf.Tensor4D, by: number): tf.Tensor4D {
  return by > 0 ? bordered(x, by, 0) : x;
}

function bordered(x: tf.Tensor4D, by: number, value: number): tf.Tensor4D {
  return tf.pad4d(x, [[0, 0], [by, by], [by, by], [0, 0]], value);
}

function pool(kind: "Avg" | "Max", x: tf.Tensor4D, options: PoolOptions): tf.Tensor4D {
  if (x.rank !== 4) {
    throw new RangeError(
      `Expected images [batch, height, width, channels] but found [${x.shape}]`,
    );
  }
  const size = pair(options.size), stride = pair(options.stride ?? options.size);
  const padding = options.padding === "same" ? "same" : "valid";
  if (!isNative()) return portablePool(kind, x, size, stride, padding);
  const attributes = {
    ksize: [1, ...size, 1],
    strides: [1, ...stride, 1],
    padding: padding.toUpperCase(),
  };
  return customGradient([x], (x) => {
    const y = execute(`${kind}Pool`, attributes, [x], 1)[0];
    const shape = x.shape;
    return {
      value: y,
      saved: kind === "Max" ? [x, y] : [],
      gradient: (dy, saved) =>
        kind === "Max"
          ? execute("MaxPoolGrad", attributes, [...saved, dy], 1)
          : execute("AvgPoolGrad", attributes, [tf.tensor1d(shape, "int32"), dy], 1),
    };
  });
}
