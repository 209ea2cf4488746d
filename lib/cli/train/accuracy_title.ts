/**
 * What a table of accuracies is about, and how they are counted.
 *
 * @module
 */
import type { EvaluationSet } from "../../data/dataset.ts";

/** What was evaluated on; missing in results of earlier versions. */
export interface Evaluated {
  /** Which set. */
  readonly evaluatedOn?: EvaluationSet;
  /** Test images of each class. */
  readonly testImages?: readonly number[];
}

/** What the sets are called. */
export const SET_NAMES: Readonly<Record<EvaluationSet, string>> = {
  test: "test set",
  val: "validation set",
};

/**
 * Whether every class has as many test images as any other, so that the share of images that are recognised is the
 * mean over classes, too.
 *
 * @param results What was evaluated on.
 * @returns Whether that is so of all; not where a result does not tell.
 */
export function areBalanced(results: readonly Evaluated[]): boolean {
  return results.every(({ testImages = [] }) =>
    testImages.length > 0 && testImages.every((count) => count === testImages[0])
  );
}

/**
 * Heads a table of accuracies.
 *
 * @param results What its rows were evaluated on.
 * @param seeds Seeds that the rows are means over, if they are.
 * @returns A line that names the set; where it is not balanced, another one that says how each column is counted.
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
 *   "All: share of all images; Mean: mean over classes; Head, Medium, Tail: means over their classes",
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
    "All: share of all images; Mean: mean over classes; Head, Medium, Tail: means over their classes";
}

function smallest(counts: readonly number[]): number {
  return counts.reduce((least, count) => Math.min(least, count));
}

function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count));
}
