/**
 * Result of an evaluation.
 *
 * @module
 */
import type { GroupAccuracy } from "../metrics/group_accuracy.ts";

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
