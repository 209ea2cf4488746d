/**
 * Random choice of the proposals that a step learns from.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { randomUniform, rows } from "../../engine/ops/mod.ts";
import type { Assignment } from "./assign.ts";

/** Options of {@linkcode sample}. */
export interface SampleOptions {
  /** Number of proposals. */
  readonly count: number;
  /** Maximum number of positive ones. */
  readonly positive: number;
}

/** In the region proposal network. */
export const RPN_SAMPLE: SampleOptions = { count: 256, positive: 128 };

/** In the box head. */
export const BOX_SAMPLE: SampleOptions = { count: 512, positive: 128 };

/**
 * Proposals of an image, padded to a fixed number, positive ones first. The number is `count`, or that of all
 * proposals if there are fewer.
 */
export interface Sample {
  /** Indices of the proposals. Shape `[count]`, int32. */
  readonly indices: tf.Tensor1D;
  /** 1 for positive ones. Shape `[count]`, float32. */
  readonly positive: tf.Tensor1D;
  /** 1 for positive and negative ones, 0 for padding. Shape `[count]`, float32. */
  readonly chosen: tf.Tensor1D;
}

/**
 * Chooses at most `positive` positive proposals, and negative ones up to `count`, each with equal probability.
 *
 * @param assignment Positive and negative proposals.
 * @param seed Shape `[2]`, int32, different in every step and image.
 * @param options Numbers.
 * @returns The choice, which depends on the seed only.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const assignment = {
 *   object: tf.zeros([5], "int32") as tf.Tensor1D,
 *   positive: tf.tensor1d([1, 1, 1, 0, 0]),
 *   negative: tf.tensor1d([0, 0, 0, 1, 0]),
 * };
 * const { positive, chosen } = sample(assignment, tf.tensor1d([7, 0], "int32"), { count: 4, positive: 2 });
 * assertEquals([[...positive.dataSync()], [...chosen.dataSync()]], [[1, 1, 0, 0], [1, 1, 1, 0]]);
 * ```
 */
export function sample(
  { positive, negative }: Assignment,
  seed: tf.Tensor1D,
  { count, positive: most }: SampleOptions,
): Sample {
  const total = positive.shape[0], random = randomUniform([total], seed).add(1);
  const draw = (candidates: tf.Tensor1D, number: number) =>
    tf.topk<tf.Tensor1D>(random.mul(candidates), Math.min(number, total));
  const own = draw(positive, most), others = draw(negative, count);
  const isDrawn = tf.concat([own.values, others.values]).greater(0).toFloat();
  const isPositive = tf.concat<tf.Tensor1D>([tf.onesLike(own.values), tf.zerosLike(others.values)]);
  // Moves what was drawn to the front; of equal keys the first come first.
  const order = tf.topk<tf.Tensor1D>(isDrawn.mul(isPositive.add(1)), Math.min(count, total));
  const places = order.indices;
  const chosen = order.values.greater<tf.Tensor1D>(0).toFloat();
  return {
    indices: rows(tf.concat([own.indices, others.indices]), places),
    positive: rows(isPositive, places).mul(chosen),
    chosen,
  };
}
