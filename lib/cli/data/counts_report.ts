/**
 * How many images classes have, as lines for people.
 *
 * @module
 */
import { classStatistics } from "../../data/class_statistics.ts";
import { type Group, GROUP_BORDERS, groupLine, groupOf } from "../../data/groups.ts";

const GROUPS: readonly Group[] = ["head", "medium", "tail"];
const BAR_WIDTH = 40;
/** More classes than this are not listed one by one. */
const MOST_LISTED = 100;
/** How many of the largest and of the smallest are listed then. */
const ENDS = 10;

/**
 * Draws the counts of a training set and tells how long its tail is.
 *
 * @param classNames Name of each class.
 * @param counts Training images of each class.
 * @param testImages Number of test images; missing where there is no test set.
 * @param borders Borders of Tail, Medium and Head.
 * @returns A line for each class, or for the largest and smallest where there are many; then the statistics.
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
  borders = GROUP_BORDERS,
): string {
  const { classes, images, largest, imbalance, gini, groups } = classStatistics(counts, borders);
  const width = Math.max(...classNames.map((name) => name.length));
  const row = (label: number) => {
    const count = counts[label];
    const bar = "#".repeat(Math.ceil(BAR_WIDTH * count / largest));
    return `${classNames[label].padEnd(width)}  ${String(count).padStart(6)}  ${
      groupOf(count, borders).padEnd(6)
    }  ${bar}`;
  };
  const labels = counts.map((_, label) => label);
  const lines = classes <= MOST_LISTED ? labels.map(row) : [];
  if (classes > MOST_LISTED) {
    const sorted = labels.sort((a, b) => counts[b] - counts[a]);
    const left = classes - 2 * ENDS;
    lines.push(
      ...sorted.slice(0, ENDS).map(row),
      `… ${left} classes between`,
      ...sorted.slice(-ENDS).map(row),
    );
  }
  const words = GROUPS.map((group) => `${group} ${groups[group].classes}`);
  const shares = GROUPS.map((group) =>
    `${group} ${(100 * groups[group].images / images).toFixed(1)} %`
  );
  const tested = testImages === undefined ? "" : `, ${testImages} test images`;
  return [
    ...lines,
    `${images} training images${tested}, classes: ${words.join(", ")}, ` +
    `imbalance ${imbalance.toFixed(1)}, Gini ${gini.toFixed(3)}`,
    `of the ${classes} classes, the largest has ${largest}, the smallest ${
      Math.min(...counts)
    }; images: ${shares.join(", ")}`,
    groupLine(borders),
  ].join("\n");
}
