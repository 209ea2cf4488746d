/**
 * Histograms of channel statistics.
 *
 * @module
 */
import { type FeatureStatistics, statisticVariance } from "../analysis/feature_statistics.ts";
import { histogram } from "../analysis/histogram.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw, type Panel } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, type Series, seriesOf } from "./runs.ts";
import { sideBySide } from "./side_by_side.ts";

/** Options of {@linkcode featureHistograms}. */
export interface FeatureHistogramsOptions extends FigureOptions {
  /**
   * Measure of a channel's spread.
   *
   * @default {"deviation"}
   */
  readonly spread?: "deviation" | "variance";
  /**
   * Number of bins.
   *
   * @default {24}
   */
  readonly bins?: number;
}

/**
 * Draws histograms of the means and deviations of a feature's channels, one row per run, on common scales (paper,
 * Figure 6), annotated with their variances (equations 5 and 6).
 *
 * @param runs Statistics from {@linkcode featureStatistics}, keyed by run name.
 * @param options Measure of spread, bins, title, size of a row, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { featureStatistics } from "@nbn/toolkit/analysis";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const statistics = featureStatistics({ shape: [2], values: Float32Array.of(1, 5, 3, 5) });
 * const { svg } = await plots.featureHistograms({ ce: statistics });
 * assertStringIncludes(svg, "variance of the means 2.250");
 * ```
 */
export async function featureHistograms(
  runs: ByName<FeatureStatistics>,
  { spread = "deviation", bins = 24, width = 720, height = 170, ...options }:
    FeatureHistogramsOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs);
  const { each, rows } = sideBySide(width);
  const panels = (kind: "mean" | "deviation" | "variance") => {
    const max = Math.max(...series.flatMap(({ value }) => [...value[kind]]));
    const min = Math.min(0, ...series.flatMap(({ value }) => [...value[kind]]));
    const counted = series.map((run) => ({
      run,
      counts: histogram(run.value[kind], { bins, range: [min, max] }),
    }));
    const tallest = Math.max(...counted.flatMap(({ counts }) => counts.map(({ count }) => count)));
    return counted.map(({ run, counts }): Panel => ({
      title: run.name,
      width: each,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        x: { domain: min === max ? [min - 0.5, max + 0.5] : [min, max] },
        y: { domain: [0, tallest], nice: true },
        marks: [
          ...yAxis(Plot, "Channels", { ticks: 4 }),
          ...xAxis(Plot, `${kind[0].toUpperCase()}${kind.slice(1)} of a channel`),
          Plot.text([`variance of the ${kind}s ${described(run, kind)}`], {
            frameAnchor: "top-right",
            dy: -14,
          }),
          Plot.rectY(counts, {
            x1: "from",
            x2: "to",
            y1: 0,
            y2: "count",
            fill: run.colour,
            insetLeft: 0.5,
            insetRight: 0.5,
          }),
        ],
      }),
    }));
  };
  const means = panels("mean"), spreads = panels(spread);
  return await draw({
    name: "feature-histograms",
    title: "Feature statistics per channel",
    subtitle:
      "Channels of the pooled embedding over the test set; the smaller the variance, the more even",
    rows: means.flatMap((panel, i) => rows([panel, spreads[i]])),
  }, options);
}

function described(
  { value }: Series<FeatureStatistics>,
  kind: "mean" | "deviation" | "variance",
): string {
  const { ofMeans, ofDeviations, ofVariances } = statisticVariance(value);
  return { mean: ofMeans, deviation: ofDeviations, variance: ofVariances }[kind].toFixed(3);
}
