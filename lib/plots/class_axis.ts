/**
 * Axis of classes, labelled with their names if they fit.
 *
 * @module
 */
import type { ObservablePlot } from "../deps/plot.ts";
import { byCount } from "./by_count.ts";
import { shortened, textWidth } from "./draw.ts";
import { colour } from "./theme.ts";

/** A horizontal axis of classes, most frequent first. */
export interface ClassAxis {
  /** Band scale over class indices. */
  readonly scale: { type: "band"; domain: number[]; label: null; axis: null; padding: number };
  /** Bottom margin of the plot, in CSS pixels. */
  readonly marginBottom: number;
  /** Part of the bottom margin that exceeds that of a plain axis. */
  readonly extra: number;
  /** Creates the mark of the axis. */
  mark(plot: ObservablePlot): ReturnType<ObservablePlot["axisX"]>;
}

const SIZE = 11, LONGEST = 130, PLAIN = 42;

/**
 * Lays out an axis of classes, labelled by name, rotated if names are long, or by number if there are many classes.
 *
 * @param counts Number of training images per class; orders the classes.
 * @param classNames Class names.
 * @param width Width of the plot in CSS pixels.
 * @returns The axis.
 */
export function classAxis(
  counts: readonly number[],
  classNames: readonly string[] | undefined,
  width: number,
): ClassAxis {
  const classes = counts.length;
  const room = (width - 70) / classes;
  const domain = byCount(counts);
  const names = room >= 14 ? classNames : undefined;
  const longest = Math.max(...(names ?? ["0"]).map((name) => textWidth(name, SIZE)));
  const slanted = names !== undefined && longest > room - 4;
  const below = slanted ? Math.min(longest, LONGEST) * 0.62 + 12 : 22;
  // With many classes, only every n-th is labelled.
  const min = 30 / room;
  const every = names ? 1 : [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n >= min) ?? 1000;
  const marginBottom = Math.max(PLAIN, below + 18);
  return {
    scale: { type: "band", domain, label: null, axis: null, padding: classes > 60 ? 0 : 0.18 },
    marginBottom,
    extra: marginBottom - PLAIN,
    mark: (Plot) =>
      Plot.axisX({
        label: "Class, by number of training images",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: marginBottom - 6,
        fontSize: SIZE,
        tickSize: 0,
        tickPadding: 6,
        ticks: domain.filter((_, index) => index % every === 0),
        tickFormat: (label: number) =>
          names ? shortened(names[label] ?? String(label), LONGEST, SIZE) : String(label),
        ...(slanted ? { tickRotate: -38, textAnchor: "end" } : {}),
        fill: colour("ink"),
      }),
  };
}
