/**
 * Accuracy of Head, Medium and Tail.
 *
 * @module
 */
import type { MeanAndDeviation } from "../metrics/mean_and_deviation.ts";
import { MARGINS, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { colour } from "./theme.ts";

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

const GROUPS = ["All", "Head", "Medium", "Tail"] as const;

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
  { width = 640, height = 280, ...options }: FigureOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs);
  const bars = series.flatMap(({ name, colour, value }) =>
    GROUPS.map((group) => {
      const accuracy = value[group.toLowerCase() as "all"];
      const [mean, deviation] = typeof accuracy === "number" || accuracy === null
        ? [accuracy, 0]
        : [accuracy.mean, accuracy.deviation];
      return {
        name,
        group,
        fill: colour,
        mean: mean ?? 0,
        low: (mean ?? 0) - deviation,
        high: (mean ?? 0) + deviation,
        deviation,
        text: mean === null ? "–" : mean.toFixed(1),
      };
    })
  );
  const room = (width - 66) / 4 / series.length;
  return await draw({
    name: "accuracy-by-group",
    title: "Accuracy by group of classes",
    subtitle: "All: mean over test images; groups: means over classes" +
      (bars.some(({ deviation }) => deviation > 0) ? "; whiskers: ± standard deviation" : ""),
    legends: [runLegend(series)],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        marginBottom: 30,
        fx: { domain: [...GROUPS], label: null, padding: 0.16, axis: null },
        x: { domain: series.map(({ name }) => name), axis: null, padding: 0.08 },
        y: { domain: [0, 100] },
        marks: [
          ...yAxis(Plot, "Accuracy (%)", { ticks: 5 }),
          Plot.axisFx({ anchor: "bottom", fontSize: 12, label: null, tickPadding: 8 }),
          Plot.barY(bars, {
            fx: "group",
            x: "name",
            y: "mean",
            fill: (d: { fill: string }) => d.fill,
          }),
          Plot.ruleX(bars.filter(({ deviation }) => deviation > 0), {
            fx: "group",
            x: "name",
            y1: "low",
            y2: "high",
            stroke: colour("ink"),
            strokeWidth: 1.5,
          }),
          // Omit the numbers where they would overlap.
          Plot.text(room < 17 ? [] : bars, {
            fx: "group",
            x: "name",
            y: "high",
            text: "text",
            dy: -7,
            fontSize: room < 30 ? 9 : 11,
          }),
        ],
      }),
    }]],
  }, options);
}
