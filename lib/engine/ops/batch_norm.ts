/**
 * Batch normalisation over the last axis.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { scaledChannels } from "./conv2d.ts";
import { customGradient } from "./custom_gradient.ts";

/** What {@linkcode batchNormTraining} returns. */
export interface BatchNormResult<T extends tf.Tensor> {
  /** The normalised input. */
  y: T;
  /** Mean of each channel over the batch, shape `[channels]`; not differentiable. */
  mean: tf.Tensor1D;
  /** Biased variance of each channel over the batch (divided by n), shape `[channels]`. */
  variance: tf.Tensor1D;
}

/**
 * Normalises each channel by its mean and variance over the batch; differentiable in `x`, `weight`, `bias`.
 *
 * y = weight · (x − mean) / √(variance + epsilon) + bias (paper, equation 1).
 *
 * @param x Shape `[batch, channels]` or `[batch, height, width, channels]`, float32.
 * @param weight Shape `[channels]`.
 * @param bias Shape `[channels]`.
 * @param epsilon Added to the variance.
 * @returns The normalised input and the batch statistics.
 * @throws {RangeError} If ranks or channels do not match.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { y, mean } = batchNormTraining(tf.tensor2d([[1], [3]]), tf.tensor1d([1]), tf.tensor1d([0]), 0);
 * assertEquals([...mean.dataSync()], [2]);
 * assertEquals([...y.dataSync()], [-1, 1]);
 * ```
 */
export function batchNormTraining<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon = 1e-5,
): BatchNormResult<T> {
  check(x, weight, bias);
  let mean!: tf.Tensor1D, variance!: tf.Tensor1D;
  const y: T = customGradient([x, weight, bias], (x, weight, bias) => {
    const forward = isNative() ? nativeForward : portableForward;
    const result = forward(x, weight, bias, epsilon);
    [mean, variance] = [tf.keep(result.mean), tf.keep(result.variance)];
    return { value: result.y, saved: [x, weight, ...result.saved], gradient: result.backward };
  });
  return { y, mean: release(mean), variance: release(variance) };
}

/**
 * Normalises each channel by given statistics; differentiable in `x`, `weight`, `bias`.
 *
 * @param x Shape `[batch, channels]` or `[batch, height, width, channels]`, float32.
 * @param weight Shape `[channels]`.
 * @param bias Shape `[channels]`.
 * @param mean Shape `[channels]`.
 * @param variance Shape `[channels]`.
 * @param epsilon Added to the variance.
 * @returns Shape of `x`.
 */
export function batchNormInference<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor1D,
  bias: tf.Tensor1D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  epsilon = 1e-5,
): T {
  check(x, weight, bias);
  const scale: tf.Tensor1D = weight.mul(variance.add(epsilon).rsqrt());
  return scaledChannels(x, scale).add(bias.sub(mean.mul(scale)));
}

function check(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): void {
  const channels = x.shape[x.rank - 1];
  if ((x.rank !== 2 && x.rank !== 4) || weight.size !== channels || bias.size !== channels) {
    throw new RangeError(
      `Expected [batch, channels] or [batch, height, width, channels] with weight and bias [channels] ` +
        `but found [${x.shape}] with [${weight.shape}] and [${bias.shape}]`,
    );
  }
}

/** Moves a kept tensor, which the gradient tape's scope would have freed, to the enclosing scope. */
function release<T extends tf.Tensor>(kept: T): T {
  const tensor = kept.clone();
  kept.dispose();
  return tensor;
}

interface Forward {
  y: tf.Tensor;
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
  saved: tf.Tensor[];
  backward(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[];
}

function nativeForward(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): Forward {
  const attributes = { epsilon, is_training: true, data_format: "NHWC" };
  const shape = x.shape;
  const image = x.rank === 4 ? shape : [shape[0], 1, 1, weight.size];
  const none = tf.tensor1d([]);
  const [y, mean, corrected, ...reserved] = execute("FusedBatchNormV3", attributes, [
    x.reshape(image),
    weight,
    bias,
    none,
    none,
  ], 6);
  // TensorFlow returns the unbiased variance (divided by n − 1), meant for running statistics.
  const count = x.size / weight.size;
  return {
    y: y.reshape(shape),
    mean: expectRank(mean, 1, "mean"),
    variance: corrected.mul(count > 1 ? (count - 1) / count : 0),
    saved: reserved,
    backward(dy, [x, weight, ...reserved]) {
      const [dx, dWeight, dBias] = execute("FusedBatchNormGradV3", attributes, [
        dy.reshape(image),
        x.reshape(image),
        weight,
        ...reserved,
      ], 5);
      return [dx.reshape(shape), dWeight, dBias];
    },
  };
}

function portableForward(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): Forward {
  const shape = x.shape, channels = weight.size, count = x.size / channels;
  const rows = x.reshape([count, channels]);
  const mean: tf.Tensor1D = rows.mean(0);
  const centred = rows.sub(mean);
  const variance: tf.Tensor1D = centred.square().mean(0);
  const inverse = variance.add(epsilon).rsqrt();
  return {
    y: centred.mul(inverse.mul(weight)).add(bias).reshape(shape),
    mean,
    variance,
    saved: [mean, inverse],
    backward(dy, [x, weight, mean, inverse]) {
      const gradient = dy.reshape([count, channels]);
      const normal = x.reshape([count, channels]).sub(mean).mul(inverse);
      const dBias = gradient.sum(0), dWeight = gradient.mul(normal).sum(0);
      const dx = gradient
        .sub(dBias.div(count))
        .sub(normal.mul(dWeight.div(count)))
        .mul(inverse.mul(weight));
      return [dx.reshape(shape), dWeight, dBias];
    },
  };
}
