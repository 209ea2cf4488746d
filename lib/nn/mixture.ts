/**
 * Mixtures of Gaussians of the values of each channel.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/** What a Gaussian is responsible for: a value of one channel, or an image with all its channels. */
export type Responsibility = "channel" | "image";

/** A Gaussian of each channel. */
export type Gaussian = {
  /** Mean, `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** Variance, `[channels]`. */
  readonly variance: tf.Tensor1D;
};

/** Gaussians with their shares. */
export interface Mixture {
  /** The Gaussians. */
  readonly gaussians: readonly Gaussian[];
  /** Share π of each, `[gaussians]`, above 0. */
  readonly share: tf.Tensor1D;
}

/**
 * How responsible each Gaussian is for the values of a batch: its part of the likelihood, π · N(x; mean, variance + ε).
 *
 * @param x Shape `[images, …, channels]`.
 * @param mixture The Gaussians.
 * @param responsibility Whether for each value, or for each image: then by the mean over channels of the
 * log-likelihoods of the image's mean values.
 * @param epsilon ε.
 * @returns For each Gaussian, of the shape of `x` or `[images, 1, …, 1]`; their sum is 1.
 */
export function responsibilities(
  x: tf.Tensor,
  { gaussians, share }: Mixture,
  responsibility: Responsibility,
  epsilon: number,
): tf.Tensor[] {
  const inside = Array.from({ length: x.rank - 2 }, (_, i) => i + 1);
  const values = responsibility === "channel" || inside.length === 0 ? x : x.mean(inside, true);
  const shares = tf.unstack(share.log());
  const scores = gaussians.map(({ mean, variance }, k) => {
    const wide = variance.add(epsilon);
    const each = values.sub(mean).square().div(wide).add(wide.log()).mul(-0.5);
    return shares[k].add(responsibility === "channel" ? each : each.mean(-1, true));
  });
  // Without the largest, a value far from all Gaussians would divide 0 by 0.
  const largest = scores.reduce((a, b) => a.maximum(b));
  const parts = scores.map((score) => score.sub(largest).exp());
  const whole = tf.addN(parts);
  return parts.map((part) => part.div(whole));
}

/** Statistics of the values for which a Gaussian is responsible. */
export type Weighted = Gaussian & {
  /** Sum of the weights, `[channels]`. */
  readonly count: tf.Tensor1D;
};

/**
 * Mean and biased variance of each channel, weighted; differentiable in `x`.
 *
 * @param x Shape `[images, …, channels]`.
 * @param weights At least 0, of the shape of `x` or `[images, 1, …, 1]`; not differentiable.
 * @returns The statistics; mean and variance of a count below 1 are without meaning, but finite.
 */
export function weightedStatistics(x: tf.Tensor, weights: tf.Tensor): Weighted {
  const axes = Array.from({ length: x.rank - 1 }, (_, i) => i);
  const [channels] = x.shape.slice(-1), isOfImages = weights.size < x.size;
  // Positions of an image have the same weight, so they are summed first.
  const sumOf = (values: tf.Tensor): tf.Tensor1D =>
    (isOfImages ? values.sum(axes.slice(1), true) : values).mul(weights).sum(axes);
  const positions = isOfImages ? x.size / channels / x.shape[0] : 1;
  const count: tf.Tensor1D = weights.sum(axes).mul(positions).add(tf.zeros([channels]));
  const divisor = count.maximum(1), mean: tf.Tensor1D = sumOf(x).div(divisor);
  const variance: tf.Tensor1D = sumOf(x.sub(mean).square()).div(divisor);
  return { count, mean, variance };
}
