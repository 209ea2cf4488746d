/**
 * Accuracy of Head, Medium and Tail.
 *
 * @module
 */
import type { MeanAndDeviation } from "../metrics/mean_and_deviation.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupBars } from "./group_bars.ts";
import { type ByName, seriesOf } from "./runs.ts";

/** An accuracy in percent, with its standard deviation if over several seeds. */
export type Accuracy = number | MeanAndDeviation | null;

/** Accuracies of a run, as training, evaluation and sweeps return them. */
export interface GroupAccuracies {
  /** Over all images. */
  readonly all: Accuracy;
  /** Mean over Head classes. */
  readonly head: Accuracy;
  /** Mean over Medium classes. */
  readonly medium: Accuracy;
  /** Mean over Tail classes. */
  readonly tail: Accuracy;
}

/**
 * Draws the accuracies over all images and over Head, Medium and Tail as bars, one per run, with whiskers for the
 * standard deviation over seeds. A dash marks a group without classes.
 *
 * @param runs Accuracies keyed by run name.
 * @param options Title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.accuracyByGroup({
 *   "builtin/ce": { all: 48.3, head: 90.5, medium: 36.5, tail: 3.8 },
 *   "builtin/ce+nbn+lr": { all: 59.1, head: 88, medium: 64.3, tail: 15.3 },
 * });
 * assertStringIncludes(svg, "64.3");
 * ```
 */
export async function accuracyByGroup(
  runs: ByName<GroupAccuracies>,
  options: FigureOptions = {},
): Promise<Figure> {
  return await groupBars(seriesOf(runs), {
    name: "accuracy-by-group",
    title: "Accuracy by group of classes",
    subtitle: "All: mean over test images; groups: means over classes",
    label: "Accuracy (%)",
    groups: { All: "all", Head: "head", Medium: "medium", Tail: "tail" },
  }, options);
}
