/**
 * Accuracy of each class.
 *
 * @module
 */
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Draws the accuracy of each class for several runs.
 *
 * @param runs Accuracies in percent keyed by run name; `null` for a class without test images.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run, or a run does not have one value per class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.accuracyByClass({ ce: [95, 60, 5] }, { counts: [500, 50, 5] });
 * assertStringIncludes(svg, "Accuracy (%)");
 * ```
 */
export async function accuracyByClass(
  runs: ByName<readonly (number | null)[]>,
  options: ByClassOptions,
): Promise<Figure> {
  return await byClass(runs, {
    name: "accuracy-by-class",
    title: "Accuracy of each class",
    subtitle: "Percentage of each class's test images; classes by number of training images",
    label: "Accuracy (%)",
    domain: [0, 100],
  }, options);
}
