/**
 * Plots of one value per class.
 *
 * @module
 */
import { groupOf, type GroupThresholds } from "../data/groups.ts";
import { MARGINS, yAxis } from "./axes.ts";
import { byCount } from "./by_count.ts";
import { classAxis } from "./class_axis.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupLegend } from "./group_legend.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { groupColour } from "./theme.ts";

/** Options of figures with one value per class. */
export interface ByClassOptions extends FigureOptions {
  /** Number of training images per class; orders the classes and colours the strip above the class names. */
  readonly counts: readonly number[];
  /** Name of each class. */
  readonly classNames?: readonly string[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/** Texts and scale of a figure with one value per class and run. */
export interface ByClass {
  /** Short name of the figure. */
  readonly name: string;
  /** Title. */
  readonly title: string;
  /** Line below the title. */
  readonly subtitle?: string;
  /** Axis label, with the unit. */
  readonly label: string;
  /** Domain of the vertical axis; fitted to the values by default. */
  readonly domain?: readonly [number, number];
}

/**
 * Draws one value per class for several runs, above a strip coloured by Head, Medium and Tail.
 *
 * @param runs Values keyed by run name; `null` for a class without a value.
 * @param what Texts and scale of the figure.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run, or a run does not have one value per class.
 */
export async function byClass(
  runs: ByName<readonly (number | null)[]>,
  what: ByClass,
  { counts, classNames, groupThresholds, width = 640, height = 300, ...options }: ByClassOptions,
): Promise<Figure> {
  const series = seriesOf(runs);
  const wrong = series.find(({ value }) => value.length !== counts.length);
  if (wrong) {
    throw new RangeError(
      `Expected a value for each of ${counts.length} classes but found ${wrong.value.length} of ${wrong.name}`,
    );
  }
  const order = byCount(counts);
  const points = series.flatMap(({ name, colour, value }) =>
    order.flatMap((label) => {
      const y = value[label];
      return y === null ? [] : [{ name, colour, label, y }];
    })
  );
  const strip = counts.map((count, label) => ({
    label,
    fill: groupColour(groupOf(count, groupThresholds)),
  }));
  const axis = classAxis(counts, classNames, width);
  const dots = counts.length <= 40;
  return await draw({
    ...what,
    legends: [runLegend(series, !dots), groupLegend(counts, groupThresholds)],
    rows: [[{
      width,
      height: height + axis.extra,
      plot: (Plot) => ({
        ...MARGINS,
        marginBottom: axis.marginBottom,
        x: axis.scale,
        y: {
          ...(what.domain ? { domain: [...what.domain] } : { nice: true, zero: true }),
          insetBottom: 8,
        },
        marks: [
          ...yAxis(Plot, what.label, { ticks: 5 }),
          axis.mark(Plot),
          // Insets in pixels place the strip at the lower edge, independently of the scale.
          Plot.tickX(strip, {
            x: "label",
            stroke: (d: { fill: string }) => d.fill,
            strokeWidth: Math.max(2, 0.9 * (width - 66) / counts.length),
            insetTop: height - MARGINS.marginTop - 42 - 5,
          }),
          Plot.line(points, {
            x: "label",
            y: "y",
            z: "name",
            stroke: (d: { colour: string }) => d.colour,
            strokeWidth: dots ? 1 : 1.6,
            strokeOpacity: dots ? 0.55 : 1,
          }),
          ...(dots
            ? [
              Plot.dot(points, {
                x: "label",
                y: "y",
                r: 4.5,
                fill: (d: { colour: string }) => d.colour,
              }),
            ]
            : []),
        ],
      }),
    }]],
  }, options);
}
