/**
 * What an evaluation finds.
 *
 * @module
 */
import type { GroupAccuracy } from "./metrics/group_accuracy.ts";

/** Accuracies of a network on a data set. */
export interface Evaluation extends GroupAccuracy {
  /** Mean cross-entropy of the predictions, in nats. */
  readonly loss: number;
  /** Accuracy of each class in percent; `null` where the data set has no image of it. */
  readonly perClass: readonly (number | null)[];
  /** Mean F1 score of the classes that have images, in percent. */
  readonly macroF1: number;
  /** Expected calibration error over 15 bins, from 0 to 1. */
  readonly calibrationError: number;
  /** Images of each true class (rows) by predicted class (columns). */
  readonly confusion: readonly (readonly number[])[];
}
