/**
 * Number of training images per class.
 *
 * @module
 */
import { groupOf, type GroupThresholds } from "../data/groups.ts";
import { MARGINS, yAxis } from "./axes.ts";
import { classAxis } from "./class_axis.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupLegend } from "./group_legend.ts";
import { groupColour } from "./theme.ts";

/** Options of {@linkcode classCounts}. */
export interface ClassCountsOptions extends FigureOptions {
  /** Name of each class. */
  readonly classNames?: readonly string[];
  /**
   * Scale of the vertical axis.
   *
   * @default {"linear"}
   */
  readonly scale?: "linear" | "log";
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/**
 * Draws the number of training images per class, coloured by Head, Medium and Tail.
 *
 * @param counts Number of training images per class.
 * @param options Class names, scale, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no class.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { longTailCounts } from "@nbn/toolkit/data";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.classCounts(longTailCounts({ classes: 10, max: 5000, imbalance: 100 }));
 * assertStringIncludes(svg, "5,000");
 * ```
 */
export async function classCounts(
  counts: readonly number[],
  { classNames, scale = "linear", groupThresholds, width = 640, height = 300, ...options }:
    ClassCountsOptions = {},
): Promise<Figure> {
  if (counts.length === 0) throw new RangeError("Expected at least one class but found none");
  const data = counts.map((count, label) => ({
    label,
    count,
    fill: groupColour(groupOf(count, groupThresholds)),
  }));
  const axis = classAxis(counts, classNames, width);
  const min = Math.min(...counts), max = Math.max(...counts);
  const images = counts.reduce((sum, count) => sum + count, 0);
  return await draw({
    name: "class-counts",
    title: "Training images of each class",
    subtitle: `${images.toLocaleString("en")} images, ${counts.length} classes, imbalance ` +
      `${Number((max / min).toFixed(1))}`,
    legends: [groupLegend(counts, groupThresholds)],
    rows: [[{
      width,
      height: height + axis.extra,
      plot: (Plot) => ({
        ...MARGINS,
        marginLeft: 58,
        marginBottom: axis.marginBottom,
        x: axis.scale,
        y: {
          type: scale,
          nice: true,
          domain: scale === "log" ? [1, Math.max(10, max)] : [0, Math.max(1, max)],
        },
        marks: [
          ...yAxis(Plot, "Training images", { ticks: 5 }),
          Plot.barY(data, {
            x: "label",
            y1: scale === "log" ? 1 : 0,
            y2: "count",
            fill: (d: { fill: string }) => d.fill,
          }),
          ...(counts.length <= 20
            ? [Plot.text(data, {
              x: "label",
              y: "count",
              text: (d: { count: number }) => d.count.toLocaleString("en"),
              dy: -7,
            })]
            : []),
          axis.mark(Plot),
        ],
      }),
    }]],
  }, options);
}
