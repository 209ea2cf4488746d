/**
 * Seesaw loss.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, oneHot, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { LossDescription } from "./description.ts";
import type { StatefulLoss } from "./loss.ts";

/** Options of {@linkcode seesaw}. */
export interface SeesawOptions {
  /**
   * Exponent of the mitigation factor, at least 0; 0 disables it.
   *
   * @default {0.8}
   */
  readonly p?: number;
  /**
   * Exponent of the compensation factor, at least 0; 0 disables it.
   *
   * @default {2}
   */
  readonly q?: number;
  /**
   * Lower bound of the probability of the true class that the compensation divides by, above 0.
   *
   * @default {0.01}
   */
  readonly epsilon?: number;
}

/**
 * Cross-entropy in which the exponential of every other class j is multiplied by M_yj · S_j. Mitigation
 * M_yj = min(1, N_j/N_y)^p reduces the penalty on rare classes, with N the images seen so far (at least 1);
 * compensation S_j = max(1, p_j/max(p_y, ε))^q increases that on classes that an image is mistaken for. No gradient
 * flows through either.
 *
 * The state is `counts`, the images of each class seen so far, those of the batch included.
 *
 * Source: Wang et al. 2021, Seesaw Loss for Long-Tailed Instance Segmentation; online
 * counts as in its authors' code.
 *
 * @param classes Number of classes.
 * @param options p, q, ε.
 * @returns The loss, with a state.
 * @throws {RangeError} If there is no class, or an option is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { seesaw } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const { init, apply } = seesaw(2);
 * const labels = tf.tensor1d([1, 1], "int32");
 * const { loss, state } = apply(init({ batch: 2 }), tf.zeros([2, 2]), labels);
 * // Two images of class 1 and none of class 0, which counts as one: M = (1/2)^0.8.
 * assertAlmostEquals(loss.dataSync()[0], Math.log(1 + 0.5 ** 0.8), 1e-6);
 * assertEquals([...(state.counts as tf.Tensor).dataSync()], [0, 2]);
 * ```
 */
export function seesaw(
  classes: number,
  { p = 0.8, q = 2, epsilon = 0.01 }: SeesawOptions = {},
): StatefulLoss {
  expectRange("an integer of at least 1", { classes });
  expectRange("at least 0", { p, q });
  expectRange("above 0", { epsilon });
  return {
    init: () => ({ counts: tf.zeros([classes]) }),
    apply(state, logits, labels) {
      expectBatch(logits, labels, classes);
      const before = expectTensors(state, { counts: 1 }, "seesaw").counts;
      const counts: tf.Tensor1D = before.add(oneHot(labels, classes).sum(0));
      const losses = seesawLosses(counts, logits, labels, { p, q, epsilon });
      return { loss: losses.mean(), state: { counts } };
    },
  };
}

/** @ignore Its description. */
seesaw.description = {
  token: "seesaw",
  about: "Seesaw loss",
  source: "Wang et al. 2021",
  loss: (counts) => seesaw(counts.length),
  refuses: { "mixed images": "counts the one label of each image" },
} satisfies LossDescription as LossDescription;

/**
 * Computes the Seesaw loss of each row.
 *
 * @param counts Rows of each class seen so far. Shape `[classes]`.
 * @param logits Shape `[batch, classes]`.
 * @param labels Shape `[batch]`, int32.
 * @param options p, q, ε.
 * @returns Shape `[batch]`.
 */
export function seesawLosses(
  counts: tf.Tensor1D,
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  { p, q, epsilon }: Required<SeesawOptions>,
): tf.Tensor1D {
  const hot = oneHot(labels, counts.shape[0]);
  const seen: tf.Tensor1D = tf.log(counts.maximum(1));
  const mitigation = seen.sub(own(seen, hot)).minimum(0).mul(p);
  // In logarithms, so that no quotient overflows.
  const scores = tf.logSoftmax(detached(logits));
  const compensation = scores.sub(own(scores, hot).maximum(Math.log(epsilon))).maximum(0).mul(q);
  const change = mitigation.add(compensation).mul(tf.sub(1, hot));
  return sparseSoftmaxCrossEntropy(logits.add(change), labels);
}

/** The value of each image's own class, `[batch, 1]`. */
function own(values: tf.Tensor, hot: tf.Tensor2D): tf.Tensor2D {
  return hot.mul(values).sum(1, true);
}
