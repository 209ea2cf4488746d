/**
 * Figures, drawn without a browser in light and dark themes, and their display in notebooks and at terminals.
 *
 * @example A figure as SVG
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const figure = await plots.classCounts([500, 50, 5]);
 * assertStringIncludes(figure.svg, "<svg");
 * ```
 *
 * @module
 */
/** Figures: class counts, accuracies, curves, and those of the paper. */
export * as plots from "./figures.ts";
export { type LiveTraining, liveTraining, type LiveTrainingOptions } from "./live_training.ts";
export { fixed, joined, type Prose, prose, type Quantity, signed } from "./prose.ts";
export { show } from "./show.ts";
