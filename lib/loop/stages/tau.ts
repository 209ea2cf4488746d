/**
 * Initialises a stage with a τ-normalised classifier.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { tauNorm } from "../../post_hoc/tau_norm.ts";
import { confusionMatrix } from "../../metrics/confusion_matrix.ts";
import { perClassAccuracy } from "../../metrics/per_class_accuracy.ts";
import { type Features, trainingFeatures } from "./features.ts";
import type { StageHook } from "./stage.ts";

/** Candidates of τ in [0, 2]. */
const GRID = Array.from({ length: 21 }, (_, i) => i / 10);

/** Number of images classified at once, which bounds memory. */
const CHUNK = 4096;

/**
 * Divides the classifier's weights by their norms to the power of τ and sets its bias to 0. τ is the value of 0, 0.1,
 * … 2 with the best mean per-class accuracy on the **training** images, a substitute for the balanced validation set
 * that long-tailed data sets lack; ties go to the smallest. No test image is used.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier, section 4; τ from the training set as in its
 * appendix.
 *
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { selectTau } from "@nbn/toolkit/train";
 *
 * assertStringIncludes(selectTau().about, "τ");
 * ```
 */
export function selectTau(): StageHook {
  return {
    about:
      "weights of the head divided by their lengths to the power of τ, chosen on the training set",
    async change(transition) {
      const head = transition.params.head as Record<string, tf.Tensor>;
      const weight = head.weight as tf.Tensor2D;
      const features = await trainingFeatures(transition);
      const tau = bestTau(features, weight);
      const params = new Map<string, tf.Tensor>([
        ["head/weight", tf.tidy(() => tauNorm(weight, tau))],
      ]);
      if (head.bias) params.set("head/bias", tf.zerosLike(head.bias));
      return { params, memory: { tau: tf.scalar(tau) } as Params };
    },
  };
}

/**
 * Finds the τ with the best mean per-class accuracy.
 *
 * @param features Features of images with known classes.
 * @param weight Weights of the classifier, `[channels, classes]`.
 * @param grid Candidates of τ, ascending.
 * @returns The best τ, the smallest in case of ties.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * // The long weights of the first class win everywhere until they are shortened.
 * const weight = tf.tensor2d([[9, 0], [2, 1]]);
 * const features = { values: Float32Array.of(1, 0, 0.1, 1), channels: 2, labels: Int32Array.of(0, 1) };
 * assertEquals([bestTau(features, weight, [0]), bestTau(features, weight, [0, 1])], [0, 1]);
 * ```
 */
export function bestTau(
  { values, channels, labels }: Features,
  weight: tf.Tensor2D,
  grid: readonly number[] = GRID,
): number {
  const classes = weight.shape[1];
  let best = { tau: grid[0], accuracy: -1 };
  for (const tau of grid) {
    const predicted = new Int32Array(labels.length);
    for (let first = 0; first < labels.length; first += CHUNK) {
      const count = Math.min(CHUNK, labels.length - first);
      const rows = values.subarray(first * channels, (first + count) * channels);
      const found = tf.tidy(() =>
        tf.matMul(tf.tensor2d(rows, [count, channels]), tauNorm(weight, tau)).argMax(1).dataSync()
      );
      predicted.set(found, first);
    }
    const each = perClassAccuracy(confusionMatrix(labels, predicted, classes))
      .filter((accuracy) => accuracy !== null);
    const accuracy = each.reduce((sum, value) => sum + value, 0) / each.length;
    if (accuracy > best.accuracy) best = { tau, accuracy };
  }
  return best.tau;
}
