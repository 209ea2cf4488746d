/**
 * Statistics of each class's logit.
 *
 * @module
 */
import type { LogitStatistics } from "../analysis/logit_statistics.ts";
import type { ByClassOptions } from "./by_class.ts";
import { MARGINS, yAxis } from "./axes.ts";
import { classAxis } from "./class_axis.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { colour } from "./theme.ts";

/**
 * Draws mean and standard deviation of each class's logit over a test set, for several runs. Logits Rectification
 * brings them near 0 and 1.
 *
 * @param runs Statistics from {@linkcode logitStatistics}, keyed by run name.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const statistics = [{ mean: 2, deviation: 1, ownMean: 3, otherMean: 1 }];
 * const { svg } = await plots.logitStatistics({ ce: statistics }, { counts: [500] });
 * assertStringIncludes(svg, "Logit");
 * ```
 */
export async function logitStatistics(
  runs: ByName<readonly LogitStatistics[]>,
  { counts, classNames, width = 640, height = 300, ...options }: ByClassOptions,
): Promise<Figure> {
  const series = seriesOf(runs);
  const axis = classAxis(counts, classNames, width);
  const room = 0.8 * (width - 66) / counts.length;
  // Offset in pixels that places the runs side by side within a class.
  const aside = (run: number) =>
    series.length === 1 ? 0 : (run / (series.length - 1) - 0.5) * 0.6 * room;
  return await draw({
    name: "logit-statistics",
    title: "Mean and deviation of each class's logit",
    subtitle: "Over all test images; whiskers: ± one standard deviation",
    legends: [runLegend(series)],
    rows: [[{
      width,
      height: height + axis.extra,
      plot: (Plot) => ({
        ...MARGINS,
        marginBottom: axis.marginBottom,
        x: axis.scale,
        y: { nice: true },
        marks: [
          ...yAxis(Plot, "Logit", { ticks: 6 }),
          axis.mark(Plot),
          Plot.ruleY([0], { stroke: colour("muted") }),
          ...series.flatMap((run, index) => {
            const data = run.value.map(({ mean, deviation }, label) => ({
              label,
              mean,
              low: mean - deviation,
              high: mean + deviation,
            }));
            return [
              Plot.ruleX(data, {
                x: "label",
                y1: "low",
                y2: "high",
                stroke: run.colour,
                strokeWidth: 1.6,
                dx: aside(index),
              }),
              Plot.dot(data, { x: "label", y: "mean", r: 3.5, fill: run.colour, dx: aside(index) }),
            ];
          }),
        ],
      }),
    }]],
  }, options);
}
