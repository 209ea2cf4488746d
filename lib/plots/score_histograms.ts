/**
 * Histograms of the scores of detections by group of classes.
 *
 * @module
 */
import { histogram } from "../analysis/histogram.ts";
import type { DetectionCategory, Frequency } from "../detection/lvis/dataset.ts";
import { FREQUENCIES } from "../detection/lvis/frequency.ts";
import type { CocoResult } from "../detection/lvis/results.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw, type Panel } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { frequencyColour, frequencyLegend } from "./frequencies.ts";
import { type ByName, seriesOf } from "./runs.ts";

/** Options of {@linkcode scoreHistograms}. */
export interface ScoreHistogramsOptions extends FigureOptions {
  /**
   * Number of bins.
   *
   * @default {20}
   */
  readonly bins?: number;
}

/** Lowest power of ten of a score: detectors drop lower ones. */
const LOWEST = -4;

/**
 * Draws how many detections have which score, on a logarithmic scale: one row per run, one panel for frequent, common
 * and rare classes each, as the number of detections for each class of the group. Classes without a group are left out.
 *
 * @param runs Detections keyed by run name, from a run's `evaluateDetector` or `detectImages`.
 * @param categories The classes.
 * @param options Bins, title, size of a row, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run, or no class with a group.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const results = [0.9, 0.5, 0.001].map((score) => ({ image_id: 1, category_id: 7, score }));
 * const categories = [{ id: 7, name: "heron", frequency: "rare" }] as const;
 * const { svg } = await plots.scoreHistograms({ ce: results }, categories);
 * assertStringIncludes(svg, "rare");
 * ```
 */
export async function scoreHistograms(
  runs: ByName<readonly CocoResult[]>,
  categories: readonly DetectionCategory[],
  { bins = 20, width = 760, height = 130, ...options }: ScoreHistogramsOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs);
  const groups = FREQUENCIES.filter((frequency) =>
    categories.some((category) => category.frequency === frequency)
  );
  if (groups.length === 0) {
    throw new RangeError("Expected classes that are rare, common or frequent but found none");
  }
  const range = [LOWEST, 0] as const;
  const counted = series.map(({ name, value }) => ({
    name,
    groups: groups.map((group) => {
      const ids = categories.filter(({ frequency }) => frequency === group).map(({ id }) => id);
      const own = new Set(ids);
      const powers = value.filter(({ category_id }) => own.has(category_id))
        .map(({ score }) => Math.max(LOWEST, Math.log10(score)));
      // A group without detections is drawn as an empty panel.
      const found = histogram(powers.length > 0 ? powers : [NaN], { bins, range });
      return { group, bars: found.map((bin) => ({ ...bin, each: bin.count / ids.length })) };
    }),
  }));
  const tallest = Math.max(
    1e-9,
    ...counted.flatMap((run) => run.groups.flatMap(({ bars }) => bars.map(({ each }) => each))),
  );
  const each = (width - 20 * (groups.length - 1)) / groups.length;
  const panel = (name: string, group: Frequency, bars: readonly object[]): Panel => ({
    title: `${name}: ${group}`,
    width: each,
    height,
    plot: (Plot) => ({
      ...MARGINS,
      x: { domain: range },
      y: { domain: [0, tallest], nice: true },
      marks: [
        ...yAxis(Plot, "Detections per class", { ticks: 3 }),
        ...xAxis(Plot, "Score", { ticks: [-4, -3, -2, -1, 0], tickFormat: power }),
        Plot.rectY(bars, {
          x1: "from",
          x2: "to",
          y1: 0,
          y2: "each",
          fill: frequencyColour(group),
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
      ],
    }),
  });
  return await draw({
    name: "score-histograms",
    title: "Scores of detections by group of classes",
    subtitle: "Number of detections for each class of a group, by their score",
    legends: [frequencyLegend(groups)],
    rows: counted.map(({ name, groups }) =>
      groups.map(({ group, bars }) => panel(name, group, bars))
    ),
  }, options);
}

/** A power of ten as a tick. */
function power(exponent: number): string {
  return String(10 ** exponent);
}
