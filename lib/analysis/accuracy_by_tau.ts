/**
 * Accuracy under τ-normalisation of the classifier.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import { tauNorm } from "../post_hoc/tau_norm.ts";
import { confusionMatrix } from "../metrics/confusion_matrix.ts";
import { type GroupAccuracy, groupAccuracy } from "../metrics/group_accuracy.ts";
import type { Model } from "../inference/predict.ts";
import { expectCountPerClass } from "./channel_drops.ts";
import { classifierWeights } from "./classifier_weights.ts";
import { collectFeatures } from "./collect_features.ts";

/** Options of {@linkcode accuracyByTau}. */
export interface AccuracyByTauOptions {
  /** Number of training images per class, which decides its group: Head, Medium or Tail. */
  readonly counts: readonly number[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
  /**
   * Images per batch.
   *
   * @default {250}
   */
  readonly batch?: number;
}

/**
 * Evaluates τ-normalisation, which divides each class's classifier weights by their norm to the power of τ, for several
 * τ. The curve is descriptive: it is measured on the images it is judged by, whereas the recipe `+tau-norm` chooses its
 * τ on training images alone.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition.
 *
 * @param model Network with one linear classifier, its parameters and statistics; the caller disposes of them. The
 * classifier's bias and everything after the classifier are ignored.
 * @param dataset Labelled images, usually the balanced test set.
 * @param taus Values of τ ≥ 0: 0 leaves the weights unchanged, 1 gives all classes norm 1.
 * @param options Training counts, group thresholds, batch size.
 * @returns Accuracies for each τ, in the order of `taus`.
 * @throws {RangeError} If there is no linear classifier, a τ is negative, or `counts` does not have one entry per
 * class.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracyByTau } from "@nbn/toolkit/analysis";
 * import { builtin, classCounts } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { train, test } = builtin({ testImages: 2 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const curve = await accuracyByTau(model, test, [0, 0.5, 1], { counts: classCounts(train) });
 * assertEquals(curve.length, 3);
 * ```
 */
export async function accuracyByTau(
  model: Model,
  dataset: ImageDataset,
  taus: readonly number[],
  { counts, groupThresholds, batch }: AccuracyByTauOptions,
): Promise<GroupAccuracy[]> {
  expectCountPerClass(counts, dataset);
  const { values, channels, classes } = classifierWeights(model);
  const { embedding } = await collectFeatures(model, dataset, { taps: ["embedding"], batch });
  return taus.map((tau) => {
    const predicted = tf.tidy(() =>
      tf.tensor2d(embedding.values, [dataset.labels.length, channels])
        .matMul(tauNorm(tf.tensor2d(values, [channels, classes]), tau)).argMax(1).dataSync()
    );
    return groupAccuracy(
      confusionMatrix(dataset.labels, predicted, classes),
      counts,
      groupThresholds,
    );
  });
}
