/**
 * Diversity of experts per class.
 *
 * @module
 */
import type { ExpertDiversity } from "../analysis/expert_diversity.ts";
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Draws for each class how often two experts predict different classes, for several networks.
 *
 * @param runs Diversities from {@linkcode expertDiversity}, keyed by run name.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run, or a run does not have one value per class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const two = { disagreement: [5, 20, 40], variance: [0.02, 0.1, 0.2] };
 * const { svg } = await plots.expertDiversity({ "2 experts": two }, { counts: [500, 50, 5] });
 * assertStringIncludes(svg, "Pairs that differ");
 * ```
 */
export async function expertDiversity(
  runs: ByName<Pick<ExpertDiversity, "disagreement">>,
  options: ByClassOptions,
): Promise<Figure> {
  const values = Object.entries(runs).map(([name, { disagreement }]) => [name, disagreement]);
  return await byClass(Object.fromEntries(values), {
    name: "expert-diversity",
    title: "Disagreement between experts",
    subtitle: "Percentage of pairs of experts that predict different classes of a test image",
    label: "Pairs that differ (%)",
  }, options);
}
