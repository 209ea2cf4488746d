/**
 * Bars of a quantity over all classes and over groups of them, for several runs.
 *
 * @module
 */
import type { MeanAndDeviation } from "../metrics/mean_and_deviation.ts";
import { MARGINS, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { runLegend, type Series } from "./runs.ts";
import { colour } from "./theme.ts";

/** What the bars show. */
export interface GroupBars<Group extends string> {
  /** Short name of the figure. */
  readonly name: string;
  /** Its title. */
  readonly title: string;
  /** Line below the title. */
  readonly subtitle: string;
  /** Label of the vertical axis. */
  readonly label: string;
  /** Names of the groups, with their properties in the values of a run. */
  readonly groups: Readonly<Record<string, Group>>;
  /**
   * Upper end of the vertical axis.
   *
   * @default {100}
   */
  readonly top?: number;
}

/**
 * Draws a bar for each group and run, with whiskers for the standard deviation over seeds. A dash marks a group without
 * classes.
 *
 * @param series Runs, with a number in percent, a mean and deviation, or `null` for each group.
 * @param bars What is shown.
 * @param options Title, size, theme.
 * @returns The figure.
 */
export async function groupBars<Group extends string>(
  series: readonly Series<Readonly<Record<Group, number | MeanAndDeviation | null>>>[],
  { groups, label, top = 100, ...drawing }: GroupBars<Group>,
  { width = 640, height = 280, ...options }: FigureOptions = {},
): Promise<Figure> {
  const names = Object.keys(groups);
  const bars = series.flatMap(({ name, colour, value }) =>
    names.map((group) => {
      const found = value[groups[group]];
      const [mean, deviation] = typeof found === "number" || found === null
        ? [found, 0]
        : [found.mean, found.deviation];
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
    ...drawing,
    subtitle: drawing.subtitle +
      (bars.some(({ deviation }) => deviation > 0) ? "; whiskers: ± standard deviation" : ""),
    legends: [runLegend(series)],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        marginBottom: 30,
        fx: { domain: names, label: null, padding: 0.16, axis: null },
        x: { domain: series.map(({ name }) => name), axis: null, padding: 0.08 },
        y: { domain: [0, top] },
        marks: [
          ...yAxis(Plot, label, { ticks: 5 }),
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
