/**
 * Axes of numbers, alike in all figures.
 *
 * @module
 */
import type { ObservablePlot } from "../deps/plot.ts";
import type { PlotOptions } from "./draw.ts";
import { colour } from "./theme.ts";

/** What a plot is made of. */
export type Marks = NonNullable<PlotOptions["marks"]>;

/** Room around a plot for its axes. */
export const MARGINS = { marginLeft: 52, marginRight: 14, marginTop: 30, marginBottom: 42 };

/** Details of an axis. */
export interface AxisOptions {
  /** About how many ticks, or which. */
  readonly ticks?: number | number[];
  /** How numbers are written. */
  readonly tickFormat?: string | ((value: number) => string);
}

/**
 * A vertical axis with its lines.
 *
 * @param Plot Observable Plot.
 * @param label What the axis shows, with its unit.
 * @param options Ticks.
 * @returns Marks, to be drawn first.
 */
export function yAxis(Plot: ObservablePlot, label: string, options: AxisOptions = {}): Marks {
  return [
    Plot.gridY({ stroke: colour("grid"), strokeOpacity: 1, ticks: options.ticks }),
    Plot.axisY({ label, tickSize: 0, tickPadding: 6, fontSize: 11, ...options as object }),
  ];
}

/**
 * A horizontal axis.
 *
 * @param Plot Observable Plot.
 * @param label What the axis shows, with its unit.
 * @param options Ticks.
 * @returns Marks.
 */
export function xAxis(Plot: ObservablePlot, label: string, options: AxisOptions = {}): Marks {
  return [
    Plot.axisX({
      label,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 36,
      tickSize: 4,
      fontSize: 11,
      ...options as object,
    }),
  ];
}
