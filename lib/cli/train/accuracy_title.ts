/**
 * Headings of accuracy tables.
 *
 * @module
 */
import type { EvaluationSet } from "../../data/dataset.ts";

/** Evaluation set of a result; fields are missing in results of earlier versions. */
export interface Evaluated {
  /** The set evaluated on. */
  readonly evaluatedOn?: EvaluationSet;
  /** Number of images of each class in that set. */
  readonly testImages?: readonly number[];
}

/** Display names of the evaluation sets. */
export const SET_NAMES: Readonly<Record<EvaluationSet, string>> = {
  test: "test set",
  val: "validation set",
};

/**
 * Checks whether all evaluation sets are balanced, so that the accuracy over images equals the mean over classes.
 *
 * @param results Evaluation sets.
 * @returns Whether within each set all classes have the same number of images; `false` if a number is unknown.
 */
export function areBalanced(results: readonly Evaluated[]): boolean {
  return results.every(({ testImages = [] }) =>
    testImages.length > 0 && testImages.every((count) => count === testImages[0])
  );
}

/**
 * Formats the heading of an accuracy table.
 *
 * @param results Evaluation sets of its rows.
 * @param seeds Seeds that the rows are averaged over, if any.
 * @returns A line that names the set; if it is not balanced, a second one that explains how each column is averaged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   accuracyTitle([{ evaluatedOn: "val", testImages: [50, 50] }]),
 *   "Accuracy in percent on the balanced validation set",
 * );
 * assertEquals(accuracyTitle([{ evaluatedOn: "test", testImages: [50, 0, 4] }]), [
 *   "Accuracy in percent on the test set, which has 0 to 50 images of a class",
 *   "All: accuracy over images; Mean: mean over classes; Head, Medium, Tail: means over their classes",
 * ].join("\n"));
 * ```
 */
export function accuracyTitle(results: readonly Evaluated[], seeds?: readonly number[]): string {
  const sets = new Set(results.map(({ evaluatedOn = "test" }) => SET_NAMES[evaluatedOn]));
  const where = [...sets].join(" and the ");
  const over = seeds ? `, over seeds ${seeds.join(", ")}` : "";
  if (areBalanced(results)) return `Accuracy in percent on the balanced ${where}${over}`;
  const counts = results.flatMap(({ testImages = [] }) => testImages);
  const range = counts.length === 0
    ? ""
    : `, which has ${smallest(counts)} to ${largest(counts)} images of a class`;
  return `Accuracy in percent on the ${where}${range}${over}\n` +
    "All: accuracy over images; Mean: mean over classes; Head, Medium, Tail: means over their classes";
}

function smallest(counts: readonly number[]): number {
  return counts.reduce((min, count) => Math.min(min, count));
}

function largest(counts: readonly number[]): number {
  return counts.reduce((max, count) => Math.max(max, count));
}
