/**
 * Pull of losses and samplers on each class's logit.
 *
 * @module
 */
import { byClass, type ByClassOptions } from "./by_class.ts";
import type { Figure } from "./figure.ts";
import type { ByName } from "./runs.ts";

/**
 * Draws the net pull on each class's logit for several losses or samplers.
 *
 * @param methods Pulls from {@linkcode classLogitGradients}, keyed by name of the loss or sampler.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no method, or a method does not have one value per class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.classLogitGradients({ ce: [0.6, -0.2, -0.4] }, { counts: [500, 50, 5] });
 * assertStringIncludes(svg, "Gradient on each class");
 * ```
 */
export async function classLogitGradients(
  methods: ByName<readonly number[]>,
  options: ByClassOptions,
): Promise<Figure> {
  return await byClass(methods, {
    name: "logit-pull",
    title: "Gradient on each class's logit",
    subtitle: "Above 0, the step raises the logit for any image; below 0, it lowers it",
    label: "−∂L/∂z",
  }, options);
}
