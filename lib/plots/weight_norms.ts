/**
 * Norms of the classifier's weights.
 *
 * @module
 */
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Draws the norm of each class's classifier weights for several runs.
 *
 * @param runs Norms from {@linkcode classWeightNorms}, keyed by run name.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run, or a run does not have one value per class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.weightNorms({ ce: [1.5, 1.1, 0.8] }, { counts: [500, 50, 5] });
 * assertStringIncludes(svg, "Norm of a class");
 * ```
 */
export async function weightNorms(
  runs: ByName<readonly number[]>,
  options: ByClassOptions,
): Promise<Figure> {
  return await byClass(runs, {
    name: "weight-norms",
    title: "Norm of each class's classifier weights",
    subtitle: "Frequent classes get longer weights, and so larger logits",
    label: "Norm of a class's weights ‖w‖",
  }, options);
}
