/**
 * Batch normalisation by the statistics of a whole batch that is spread over several processes.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute } from "../native.ts";
import type { BatchNormResult } from "../ops/batch_norm.ts";
import { customGradient } from "../ops/custom_gradient.ts";
import { sumOfAll, tensorsOfAll } from "./collectives.ts";
import type { SpreadBatch } from "./spread_batch.ts";

/**
 * Normalises each channel by its mean and variance over the whole batch, like `batchNormTraining` over the inputs of all
 * processes; differentiable in `x`, `weight`, `bias`. The gradients of weight and bias are this process's parts, whose
 * sum over the processes is the gradient.
 *
 * Each process sends its mean and variance, because the difference of sums of squares would lose digits. In the backward
 * pass, two sums for each channel are reduced.
 *
 * @param batch The batch.
 * @param x This process's part, `[rows, channels]` or `[rows, height, width, channels]`, float32.
 * @param weight Shape `[channels]`.
 * @param bias Shape `[channels]`.
 * @param epsilon Added to the variance.
 * @returns The normalised input, and mean and biased variance over the whole batch.
 */
export function batchNormOfAll<T extends tf.Tensor>(
  batch: SpreadBatch,
  x: T,
  weight: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): BatchNormResult<T> {
  const { shape } = x, channels = weight.size;
  const image = x.rank === 4 ? shape : [shape[0], 1, 1, channels];
  const attributes = { epsilon, is_training: false, data_format: "NHWC" };
  const { mean, variance } = statistics(batch, x.reshape([-1, channels]));
  // Values over the whole batch, of one channel.
  const values = x.size / channels * batch.images / batch.own.count;
  const y: T = customGradient([x, weight, bias], (x, weight, bias) => {
    const inputs = [x.reshape(image), weight, bias, mean, variance];
    const value = execute("FusedBatchNormV3", attributes, inputs, 1)[0].reshape(shape);
    return {
      value,
      saved: [x, weight, mean, variance],
      gradient(dy, [x, weight, mean, variance]) {
        const [fixed, dWeight, dBias] = execute("FusedBatchNormGradV3", attributes, [
          ...[dy.reshape(image), x.reshape(image), weight, mean, variance],
          tf.tensor1d([]),
        ], 3);
        const sums = sumOfAll(batch.cluster, tf.concat([dWeight, dBias])).div(values);
        const [byWeight, byBias] = tf.split(sums, 2);
        const inverse = variance.add(epsilon).rsqrt(), scale = weight.mul(inverse);
        // What the input changes through mean and variance.
        const through = x.sub(mean).mul(byWeight.mul(inverse)).add(byBias).mul(scale);
        return [fixed.reshape(shape).sub(through), dWeight, dBias];
      },
    };
  });
  return { y, mean, variance };
}

/** Mean and biased variance over the rows of all processes, of each column. */
function statistics({ cluster, images, parts }: SpreadBatch, rows: tf.Tensor2D) {
  // By name, because the gradient tape must not differentiate them.
  const axis = tf.scalar(0, "int32");
  const meanOf = (x: tf.Tensor) => execute("Mean", {}, [x, axis], 1)[0];
  const ownMean = meanOf(rows);
  const ownVariance = meanOf(execute("SquaredDifference", {}, [rows, ownMean], 1)[0]);
  const own = tf.stack([ownMean, ownVariance]).expandDims(0);
  const fractions = tf.tensor(parts.map(({ count }) => count / images), [cluster.size, 1]);
  const weighted = (x: tf.Tensor): tf.Tensor1D => x.mul(fractions).sum(0);
  const [means, variances] = tf.unstack(tensorsOfAll(cluster, own), 1);
  const mean = weighted(means);
  const variance = weighted(variances.add(means.sub(mean).square()));
  return { mean, variance };
}
