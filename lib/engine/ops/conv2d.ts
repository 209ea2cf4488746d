/**
 * Two-dimensional convolution.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { asNode } from "../graph/capture.ts";
import { isTapeOn } from "../gradients.ts";
import { type Attributes, execute, isBfloat16, isNative, isTracing } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";
import { pad } from "./pad.ts";
import { everyNth } from "./subsample.ts";

/** Options of {@linkcode conv2d}. */
export interface Conv2dOptions {
  /**
   * Stride, for both axes or for height and width.
   *
   * @default {1}
   */
  stride?: number | readonly [number, number];
  /**
   * `"same"`, `"valid"`, or the number of zeros on every side.
   *
   * @default {"same"}
   */
  padding?: "same" | "valid" | number;
  /**
   * Spacing of the filter's elements, for both axes or for height and width.
   *
   * @default {1}
   */
  dilation?: number | readonly [number, number];
  /**
   * Number of channel groups, each convolved separately.
   *
   * @default {1}
   */
  groups?: number;
}

/**
 * Convolves images with a filter; differentiable in both.
 *
 * @param x Shape `[batch, height, width, channels]`, float32.
 * @param filter Shape `[height, width, channels / groups, filters]`, float32.
 * @param options Stride, padding, dilation, groups.
 * @returns Shape `[batch, height, width, filters]`.
 * @throws {RangeError} If ranks, channels or groups do not match.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const y = conv2d(tf.ones([1, 4, 4, 2]), tf.ones([3, 3, 2, 5]), { padding: 1, stride: 2 });
 * assertEquals(y.shape, [1, 2, 2, 5]);
 * ```
 */
export function conv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  options: Conv2dOptions = {},
): tf.Tensor4D {
  const { groups = 1, padding = "same" } = options;
  const stride = pair(options.stride ?? 1), dilation = pair(options.dilation ?? 1);
  check(x, filter, groups);
  const y = asNode(
    "Conv2D",
    { strides: stride, dilations: dilation, pad: padding, groups },
    { x, filter },
    () =>
      isNative()
        ? native(x, filter, stride, padding, dilation)
        : portable(x, filter, stride, padding, dilation, groups),
  );
  if (isTracing() && isTapeOn()) operands.set(y, { x, filter, options });
  return y;
}

/** Operands of convolutions by their results, in recordings of functions with gradients. */
const operands = new WeakMap<
  tf.Tensor,
  { x: tf.Tensor4D; filter: tf.Tensor4D; options: Conv2dOptions }
>();

/**
 * Multiplies each channel by a factor. A recorded convolution is replaced by one with a multiplied filter: its result
 * is then neither read again nor kept for the gradient, and TensorFlow leaves out the convolution that nothing uses.
 *
 * @param y Shape `[…, channels]`.
 * @param factors Shape `[channels]`.
 * @returns The shape of `y`.
 */
export function scaledChannels(y: tf.Tensor, factors: tf.Tensor1D): tf.Tensor {
  const found = operands.get(y);
  if (!found) return y.mul(factors);
  const { x, filter, options } = found;
  return conv2d(x, filter.mul(factors), options);
}

/** Expands a number to a pair of values for height and width. */
export function pair(value: number | readonly [number, number]): [number, number] {
  return typeof value === "number" ? [value, value] : [value[0], value[1]];
}

function check(x: tf.Tensor4D, filter: tf.Tensor4D, groups: number): void {
  if (x.rank !== 4 || filter.rank !== 4) {
    throw new RangeError(
      `Expected images [batch, height, width, channels] and a filter [height, width, channels, filters] ` +
        `but found [${x.shape}] and [${filter.shape}]`,
    );
  }
  const channels = x.shape[3], filters = filter.shape[3];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups || filters % groups) {
    throw new RangeError(
      `Expected groups to divide ${channels} channels and ${filters} filters but found ${groups}`,
    );
  }
  if (filter.shape[2] !== channels / groups) {
    throw new RangeError(
      `Expected a filter for ${channels} channels in ${groups} groups, ` +
        `[height, width, ${channels / groups}, filters], but found [${filter.shape}]`,
    );
  }
}

type Pair = [number, number];

function native(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: Pair,
  padding: "same" | "valid" | number,
  dilation: Pair,
): tf.Tensor4D {
  if (typeof padding === "number" && padding > 0) {
    // oneDNN has no kernels for explicit padding: use "same" where it is equivalent, else pad beforehand.
    const centred = stride[0] === 1 && stride[1] === 1 &&
      (filter.shape[0] - 1) * dilation[0] === 2 * padding &&
      (filter.shape[1] - 1) * dilation[1] === 2 * padding;
    if (centred) return native(x, filter, stride, "same", dilation);
    const sides = [padding, padding] as const;
    return native(pad(x, [[0, 0], sides, sides, [0, 0]]), filter, stride, "valid", dilation);
  }
  const attributes: Attributes = {
    strides: [1, ...stride, 1],
    dilations: [1, ...dilation, 1],
    padding: padding === "same" ? "SAME" : "VALID",
  };
  const filterGradient = (images: tf.Tensor4D, shape: number[], dy: tf.Tensor4D) =>
    isBfloat16() && shape[0] === 1 && shape[1] === 1 && shape[2] === images.shape[3]
      ? pointwiseFilterGradient(images, dy, stride)
      : execute(
        "Conv2DBackpropFilter",
        attributes,
        [images, tf.tensor1d(shape, "int32"), dy],
        1,
      )[0];
  return customGradient([x, filter], (x, filter) => ({
    value: execute("Conv2D", attributes, [x, filter], 1)[0],
    saved: [x, filter],
    gradient: (dy, [x, filter]) => [
      execute("Conv2DBackpropInput", attributes, [tf.tensor1d(x.shape, "int32"), filter, dy], 1)[0],
      filterGradient(expectRank(x, 4, "x"), filter.shape, expectRank(dy, 4, "dy")),
    ],
  }));
}

/**
 * Computes the gradient of a 1×1 filter as one matrix product, which in bfloat16 is two to three times as fast as
 * oneDNN's kernel.
 */
function pointwiseFilterGradient(
  images: tf.Tensor4D,
  dy: tf.Tensor4D,
  stride: Pair,
): tf.Tensor {
  const seen = stride[0] === 1 && stride[1] === 1 ? images : everyNth(images, stride);
  const channels = images.shape[3], filters = dy.shape[3];
  const rows = [seen.reshape([-1, channels]), dy.reshape([-1, filters])];
  return execute("MatMul", { transpose_a: true }, rows, 1)[0].reshape([1, 1, channels, filters]);
}

function portable(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: Pair,
  padding: "same" | "valid" | number,
  dilation: Pair,
  groups: number,
): tf.Tensor4D {
  // TensorFlow.js has no gradient for dilated convolutions: insert zeros into the filter instead.
  const spread = dilation[0] * dilation[1] === 1 ? filter : dilate(filter, dilation);
  const convolve = (x: tf.Tensor4D, filter: tf.Tensor4D) =>
    tf.conv2d(
      x,
      filter,
      stride,
      padding,
      "NHWC",
      1,
      typeof padding === "number" ? "floor" : undefined,
    );
  if (groups === 1) return convolve(x, spread);
  const inputs: tf.Tensor4D[] = tf.split(x, groups, 3);
  const filters: tf.Tensor4D[] = tf.split(spread, groups, 3);
  return tf.concat(
    inputs.map((input, i) => convolve(input, filters[i])),
    3,
  );
}

/** Inserts zeros between the elements of a filter. */
function dilate(filter: tf.Tensor4D, [down, across]: Pair): tf.Tensor4D {
  const [height, width, channels, filters] = filter.shape;
  const spread: tf.Tensor4D = filter
    .reshape([height, 1, width, 1, channels * filters])
    .pad([[0, 0], [0, down - 1], [0, 0], [0, across - 1], [0, 0]])
    .reshape([height * down, width * across, channels, filters]);
  return spread.slice(
    [0, 0, 0, 0],
    [(height - 1) * down + 1, (width - 1) * across + 1, channels, filters],
  );
}
