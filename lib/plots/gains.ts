/**
 * Gains of methods over a baseline, with their confidence intervals.
 *
 * @module
 */
import type { Estimate } from "../metrics/paired_difference.ts";
import { MARGINS, xAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { colour } from "./theme.ts";

/** Height of a line with its distance to the next, in CSS pixels. */
const LINE = 16;

/**
 * Draws gains as dots with whiskers for their confidence intervals, by method, and within a method by experiment. A
 * method without a gain in an experiment has no dot there; a gain of a single seed has no whisker.
 *
 * @param experiments Gains in percentage points keyed by method, from `pairedDifference`, keyed by experiment.
 * @param options Title, size, theme; the height follows from the number of gains by default.
 * @returns The figure.
 * @throws {RangeError} If there is no experiment, or no gain.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { pairedDifference } from "@nbn/toolkit/metrics";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const ce = new Map([[0, 56.4], [1, 55.9]]), lr = new Map([[0, 59.4], [1, 59.1]]);
 * const { svg } = await plots.gains({ "134 passes": { LR: pairedDifference(lr, ce) } });
 * assertStringIncludes(svg, "134 passes");
 * ```
 */
export async function gains(
  experiments: ByName<Readonly<Record<string, Estimate | null>>>,
  { width = 560, height, ...options }: FigureOptions = {},
): Promise<Figure> {
  const series = seriesOf(experiments);
  const methods = [...new Set(series.flatMap(({ value }) => Object.keys(value)))];
  const lines = methods.flatMap((method) => {
    const own = series.flatMap(({ value, colour }) => {
      const gain = value[method];
      return gain ? [{ mean: gain.mean, interval: gain.interval, colour }] : [];
    });
    return own.map((line, place) => ({ ...line, method, place, of: own.length }));
  });
  if (lines.length === 0) throw new RangeError("Expected at least one gain but found none");
  // One unit is a method; its lines lie around the middle.
  const heightOf = (method: string) => methods.indexOf(method) + 0.5;
  const most = Math.max(...lines.map(({ of }) => of));
  const points = lines.map(({ method, place, of, interval, ...line }) => ({
    ...line,
    y: heightOf(method) + (place - (of - 1) / 2) / (most + 1),
    low: interval?.[0] ?? line.mean,
    high: interval?.[1] ?? line.mean,
  }));
  return await draw({
    name: "gains",
    title: "Gain over the baseline",
    subtitle: "Mean over seeds, with the 95 % interval; single seeds have none",
    legends: [runLegend(series)],
    rows: [[{
      width,
      height: height ??
        MARGINS.marginTop + MARGINS.marginBottom + methods.length * (most + 1) * LINE,
      plot: (Plot) => ({
        ...MARGINS,
        marginTop: 8,
        marginLeft: 120,
        x: { inset: 8 },
        y: { domain: [0, methods.length], reverse: true },
        marks: [
          Plot.gridX({ stroke: colour("grid"), strokeOpacity: 1 }),
          ...xAxis(Plot, "Gain (percentage points)"),
          Plot.axisY(methods.map(heightOf), {
            label: null,
            tickSize: 0,
            tickPadding: 8,
            fontSize: 11,
            tickFormat: (_: unknown, place: number) => methods[place],
          }),
          Plot.ruleX([0], { stroke: colour("ink"), strokeDasharray: "4 3" }),
          Plot.ruleY(points, { y: "y", x1: "low", x2: "high", stroke: "colour", strokeWidth: 1.8 }),
          Plot.dot(points, { x: "mean", y: "y", r: 4, fill: "colour" }),
        ],
      }),
    }]],
  }, options);
}
