/**
 * Class counts as text.
 *
 * @module
 */
import { classStatistics } from "../../data/class_statistics.ts";
import { GROUP_THRESHOLDS, groupLine, groupOf, GROUPS } from "../../data/groups.ts";

const BAR_WIDTH = 40;
/** Maximum number of classes listed in full. */
const MAX_LISTED = 100;
/** Number of largest and of smallest classes listed if there are more. */
const ENDS = 10;

/**
 * Formats the class counts of a training set as a bar chart, with statistics of its imbalance.
 *
 * @param classNames Name of each class.
 * @param counts Training images of each class.
 * @param testImages Number of test images; `undefined` without a test set.
 * @param groupThresholds Thresholds of Tail, Medium and Head.
 * @returns A line for each class, or for the largest and smallest if there are many; then the statistics.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const report = countsReport(["cat", "dog"], [150, 15], 20);
 * assertStringIncludes(report, "imbalance 10.0, Gini 0.409");
 * ```
 */
export function countsReport(
  classNames: readonly string[],
  counts: readonly number[],
  testImages?: number,
  groupThresholds = GROUP_THRESHOLDS,
): string {
  const { classes, images, largest, imbalance, gini, groups } = classStatistics(
    counts,
    groupThresholds,
  );
  const width = Math.max(...classNames.map((name) => name.length));
  const row = (label: number) => {
    const count = counts[label];
    const bar = "#".repeat(Math.ceil(BAR_WIDTH * count / largest));
    return `${classNames[label].padEnd(width)}  ${String(count).padStart(6)}  ${
      groupOf(count, groupThresholds).padEnd(6)
    }  ${bar}`;
  };
  const labels = counts.map((_, label) => label);
  const lines = listed(
    labels,
    (label) => counts[label],
    row,
    (left) => `… ${left} classes between`,
  );
  const words = GROUPS.map((group) => `${group} ${groups[group].classes}`);
  const fractions = GROUPS.map((group) =>
    `${group} ${(100 * groups[group].images / images).toFixed(1)} %`
  );
  const tested = testImages === undefined ? "" : `, ${testImages} test images`;
  return [
    ...lines,
    `${images} training images${tested}, classes: ${words.join(", ")}, ` +
    `imbalance ${imbalance.toFixed(1)}, Gini ${gini.toFixed(3)}`,
    `of the ${classes} classes, the largest has ${largest}, the smallest ${
      Math.min(...counts)
    }; images: ${fractions.join(", ")}`,
    groupLine(groupThresholds),
  ].join("\n");
}

/**
 * Lists all classes, or the largest and the smallest if there are many.
 *
 * @param classes The classes.
 * @param size Number of images of a class.
 * @param row Formats a class.
 * @param between Stands for classes that are left out, given their number.
 * @returns The rows.
 */
export function listed<Class, Row>(
  classes: readonly Class[],
  size: (one: Class) => number,
  row: (one: Class) => Row,
  between: (left: number) => Row,
): Row[] {
  if (classes.length <= MAX_LISTED) return classes.map(row);
  const sorted = classes.toSorted((a, b) => size(b) - size(a));
  return [
    ...sorted.slice(0, ENDS).map(row),
    between(classes.length - 2 * ENDS),
    ...sorted.slice(-ENDS).map(row),
  ];
}
