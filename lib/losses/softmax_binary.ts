/**
 * Binary cross-entropy on the outputs of a softmax.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { detached, oneHot } from "../engine/ops/mod.ts";
import { expectBatch } from "./batch.ts";
import type { Loss } from "./loss.ts";
import { expectWeights, weightsOf } from "./weighting.ts";

/** Options of {@linkcode softmaxBinary}. */
export interface SoftmaxBinaryOptions {
  /** Weight of each class, positive, for instance `effectiveNumberWeights(counts, 0.9999)`. */
  readonly weights?: readonly number[];
}

/** Lower bound of logarithms, as in PyTorch's binary cross-entropy. */
const LOWEST_LOG = -100;

/** Subtracted from a logit to exclude it from a sum of exponentials. */
const FAR = 1e9;

/**
 * −Σ_c [y_c · log p_c + (1 − y_c) · log(1 − p_c)] / C of the softmax p, weighted by the image's class, mean
 * over the batch (not divided by the weights): the loss of LTR-WD's second stage, there with class-balanced
 * weights.
 *
 * Source: Alshammari et al. 2022, Long-Tailed Recognition via Weight Balancing; its form as in its authors'
 * code.
 *
 * @param options Class weights.
 * @returns The loss.
 * @throws {RangeError} If a weight is not positive.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { softmaxBinary } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = softmaxBinary()(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function softmaxBinary({ weights }: SoftmaxBinaryOptions = {}): Loss {
  expectWeights(weights);
  return (logits, labels) => {
    expectBatch(logits, labels, weights?.length);
    const classes = logits.shape[1];
    const hot = oneHot(labels, classes);
    const shifted = logits.sub(detached(logits.max(1, true)));
    const each = shifted.exp();
    const total = each.sum(1, true), logTotal = total.log();
    const largest = oneHot(tf.cast(logits.argMax(1), "int32"), classes);
    // The total minus the largest class would suffer from cancellation, so the other classes are summed again.
    const others = shifted.sub(largest.mul(FAR));
    const second = detached(others.max(1, true));
    const rest = others.sub(second).exp().sum(1, true).log().add(second);
    const left = total.sub(each).add(largest).log();
    const without = left.mul(tf.sub(1, largest)).add(rest.mul(largest));
    const yes = shifted.sub(logTotal).maximum(LOWEST_LOG);
    const no = without.sub(logTotal).maximum(LOWEST_LOG);
    const losses: tf.Tensor1D = tf.neg(hot.mul(yes).add(tf.sub(1, hot).mul(no)).mean(1));
    return (weights ? losses.mul(weightsOf(weights, labels, classes)) : losses).mean();
  };
}
