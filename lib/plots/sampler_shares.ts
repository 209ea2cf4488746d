/**
 * Comparison of samplers.
 *
 * @module
 */
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Plots the class distribution drawn by samplers.
 *
 * @param samplers Fractions from {@linkcode sampledClassFractions}, keyed by sampler name.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no sampler, or a sampler does not have one fraction per class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.samplerShares({ "class-balanced": [0.5, 0.5] }, { counts: [500, 5] });
 * assertStringIncludes(svg, "Images drawn (%)");
 * ```
 */
export async function samplerShares(
  samplers: ByName<readonly number[]>,
  options: ByClassOptions,
): Promise<Figure> {
  const percent = Object.entries(samplers).map(([name, fractions]) =>
    [name, fractions.map((fraction) => 100 * fraction)] as const
  );
  return await byClass(Object.fromEntries(percent), {
    name: "sampler-shares",
    title: "Class distribution of samplers",
    subtitle: "Fraction of each class among the images drawn in a training",
    label: "Images drawn (%)",
  }, options);
}
