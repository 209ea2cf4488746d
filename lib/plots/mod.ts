/**
 * Figures and their display.
 *
 * @module
 */
/** Figures: class counts, accuracies, curves, and those of the paper. */
export * as plots from "./figures.ts";
export { type LiveTraining, liveTraining, type LiveTrainingOptions } from "./live_training.ts";
export { fixed, joined, type Prose, prose, type Quantity, signed } from "./prose.ts";
export { show } from "./show.ts";
