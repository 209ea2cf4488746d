/**
 * MiSLAS's label-aware smoothing.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectBatch } from "./batch.ts";
import { expectCounts } from "./counts.ts";
import type { Loss } from "./loss.ts";
import { weightsOf } from "./weighting.ts";

/** Options of {@linkcode labelAwareSmoothing}. */
export interface LabelAwareSmoothingOptions {
  /**
   * Smoothing of the largest class, at least 0 and below 1.
   *
   * @default {0.3; CIFAR-100 at imbalance 100: 0.4}
   */
  readonly head?: number;
  /**
   * Smoothing of the smallest class, at least 0 and below 1.
   *
   * @default {0; CIFAR-100 at imbalance 100: 0.1}
   */
  readonly tail?: number;
  /**
   * Interpolation from `tail` to `head` as counts grow.
   *
   * @default {"concave"}
   */
  readonly shape?: "concave" | "linear" | "convex";
}

/**
 * Label smoothing that is stronger for frequent classes, whose predictions are the most over-confident: (1
 * − ε_y) · (−log p_y) + ε_y · mean over all classes of −log p, with r = (n_y − n_min)/(n_max − n_min) and ε
 * = tail + (head − tail) · sin(r·π/2) (concave), tail + (head − tail) · r (linear) or head + (head − tail)
 * · sin(3π/2 + r·π/2) (convex).
 *
 * MiSLAS uses it in its second stage, in which the head is fine-tuned with class-balanced sampling.
 *
 * Source: Zhong et al. 2021, Improving Calibration for Long-Tailed Recognition; the
 * smoothed target as in its authors' code, which spreads ε over all classes, the true one included.
 *
 * @param counts Training images of each class.
 * @param options Smoothing of the largest and smallest class, and its shape.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { labelAwareSmoothing } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = labelAwareSmoothing([90, 10])(tf.tensor2d([[0, 0]]), tf.tensor1d([0], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function labelAwareSmoothing(
  counts: readonly number[],
  options: LabelAwareSmoothingOptions = {},
): Loss {
  const smoothing = smoothings(counts, options);
  return (logits, labels) => {
    expectBatch(logits, labels, counts.length);
    const each = weightsOf(smoothing, labels, counts.length);
    const right = sparseSoftmaxCrossEntropy(logits, labels);
    // The mean of −log p over classes: log Σ e^z − mean z.
    const all = tf.logSumExp(logits, 1).sub(logits.mean(1));
    return tf.sub(1, each).mul(right).add(each.mul(all)).mean();
  };
}

/** ε of each class. */
function smoothings(
  counts: readonly number[],
  { head = 0.3, tail = 0, shape = "concave" }: LabelAwareSmoothingOptions,
): number[] {
  expectCounts(counts);
  expectRange("at least 0 and below 1", { head, tail });
  const min = Math.min(...counts), max = Math.max(...counts);
  const curves = {
    concave: (r: number) => tail + (head - tail) * Math.sin(r * Math.PI / 2),
    linear: (r: number) => tail + (head - tail) * r,
    convex: (r: number) => head + (head - tail) * Math.sin((3 + r) * Math.PI / 2),
  };
  if (!Object.hasOwn(curves, shape)) {
    throw new RangeError(`Expected shape to be concave, linear or convex but found ${shape}`);
  }
  // If all classes have the same size, each counts as the largest.
  return counts.map((count) => curves[shape](max > min ? (count - min) / (max - min) : 1));
}
