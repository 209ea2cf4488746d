/**
 * Samplers compared.
 *
 * @module
 */
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Draws how often samplers draw each class.
 *
 * @param samplers Shares from {@linkcode drawnShares}, by the name of the sampler.
 * @param options Training counts, names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no sampler, or one has not a share for each class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const { svg } = await samplerShares({ "class-balanced": [0.5, 0.5] }, { counts: [500, 5] });
 * assertStringIncludes(svg, "Share of the images drawn (%)");
 * ```
 */
export async function samplerShares(
  samplers: ByName<readonly number[]>,
  options: ByClassOptions,
): Promise<Figure> {
  const percent = Object.entries(samplers).map(([name, shares]) =>
    [name, shares.map((share) => 100 * share)] as const
  );
  return await byClass(Object.fromEntries(percent), {
    name: "sampler-shares",
    title: "What samplers draw",
    subtitle: "Share of each class among the images of a training",
    label: "Share of the images drawn (%)",
  }, options);
}
