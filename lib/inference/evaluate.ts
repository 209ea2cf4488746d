/**
 * Evaluation of a network, overall and on the Head, Medium and Tail classes.
 *
 * @module
 */
import type { ImageDataset } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import { expectFiniteLogits } from "./finite.ts";
import { calibrationError } from "../metrics/calibration_error.ts";
import { confusionMatrix } from "../metrics/confusion_matrix.ts";
import { type GroupAccuracy, groupAccuracy } from "../metrics/group_accuracy.ts";
import { macroF1 } from "../metrics/macro_f1.ts";
import { perClassAccuracy } from "../metrics/per_class_accuracy.ts";
import { type Model, predict, type Predictions, type PredictOptions } from "./predict.ts";

/** Metrics of a network on a data set. */
export interface Evaluation extends GroupAccuracy {
  /** Mean cross-entropy of the predictions, in nats. */
  readonly loss: number;
  /** Accuracy of each class in percent; `null` for a class without images. */
  readonly perClass: readonly (number | null)[];
  /** Mean F1 score over the classes that have images, in percent. */
  readonly macroF1: number;
  /** Expected calibration error with 15 bins, in [0, 1]. */
  readonly calibrationError: number;
  /** Images of each true class (rows) by predicted class (columns). */
  readonly confusion: readonly (readonly number[])[];
}

/** Options of {@linkcode evaluate}. */
export interface EvaluateOptions extends PredictOptions {
  /** Training images of each class, which define Head, Medium and Tail. */
  readonly counts: readonly number[];
  /**
   * Bounds of the groups: Medium has from the first to the second number of training images, both inclusive.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/**
 * Evaluates a network on a data set.
 *
 * @param model Network, parameters, statistics; the caller keeps ownership of the tensors.
 * @param dataset Labelled images, usually the balanced test set.
 * @param options Training counts, batch size, precision.
 * @returns Accuracies in percent and the other metrics.
 * @throws {RangeError} If the number of classes of the network differs from that of the data set or the counts.
 * @throws {DivergedError} If a logit is NaN or infinite.
 * @throws {DataError} If an image cannot be read.
 */
export async function evaluate(
  model: Model,
  dataset: ImageDataset,
  { counts, groupThresholds, ...options }: EvaluateOptions,
): Promise<Evaluation> {
  return metricsOf(await predict(model, dataset, options), counts, groupThresholds);
}

/**
 * Computes the metrics of predictions.
 *
 * @param predictions From {@linkcode predict}.
 * @param counts Training images of each class.
 * @param groupThresholds Thresholds of Tail, Medium and Head.
 * @returns Accuracies in percent and the other metrics.
 * @throws {RangeError} If the number of counts differs from the number of classes, or there is no image.
 * @throws {DivergedError} If a logit is NaN or infinite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { all, tail } = metricsOf({
 *   logits: Float32Array.of(2, 0, 0, 2),
 *   probabilities: Float32Array.of(0.9, 0.1, 0.1, 0.9),
 *   predicted: Int32Array.of(0, 1),
 *   labels: Int32Array.of(0, 1),
 *   classes: 2,
 * }, [500, 5]);
 * assertEquals([all, tail], [100, 100]);
 * ```
 */
export function metricsOf(
  predictions: Predictions,
  counts: readonly number[],
  groupThresholds?: GroupThresholds,
): Evaluation {
  const { logits, probabilities, predicted, labels, classes } = predictions;
  expectFiniteLogits(logits);
  const confusion = confusionMatrix(labels, predicted, classes);
  let loss = 0;
  const confidences = new Float64Array(labels.length);
  const correct: boolean[] = [];
  labels.forEach((label, image) => {
    confidences[image] = Math.min(1, probabilities[image * classes + predicted[image]]);
    correct.push(label === predicted[image]);
    // Clamped to the smallest positive float32, since probabilities may underflow to 0.
    loss -= Math.log(Math.max(probabilities[image * classes + label], 1.4e-45)) / labels.length;
  });
  return {
    ...groupAccuracy(confusion, counts, groupThresholds),
    loss,
    perClass: perClassAccuracy(confusion),
    macroF1: macroF1(confusion),
    calibrationError: calibrationError(confidences, correct),
    confusion,
  };
}
