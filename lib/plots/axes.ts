/**
 * Numeric axes shared by all figures.
 *
 * @module
 */
import type { ObservablePlot } from "../deps/plot.ts";
import type { PlotOptions } from "./draw.ts";
import { colour } from "./theme.ts";

/** The marks of an Observable Plot. */
export type Marks = NonNullable<PlotOptions["marks"]>;

/** Margins of a plot, in CSS pixels, with room for its axes. */
export const MARGINS = { marginLeft: 52, marginRight: 14, marginTop: 30, marginBottom: 42 };

/** Options of an axis. */
export interface AxisOptions {
  /** Approximate number of ticks, or their positions. */
  readonly ticks?: number | number[];
  /** Format of the tick labels. */
  readonly tickFormat?: string | ((value: number) => string);
}

/**
 * Creates a vertical axis with grid lines.
 *
 * @param Plot Observable Plot.
 * @param label What the axis shows, with its unit.
 * @param options Ticks.
 * @returns Marks, to be drawn before all others.
 */
export function yAxis(Plot: ObservablePlot, label: string, options: AxisOptions = {}): Marks {
  return [
    Plot.gridY({ stroke: colour("grid"), strokeOpacity: 1, ticks: options.ticks }),
    Plot.axisY({ label, tickSize: 0, tickPadding: 6, fontSize: 11, ...options as object }),
  ];
}

/**
 * Creates a horizontal axis.
 *
 * @param Plot Observable Plot.
 * @param label What the axis shows, with its unit.
 * @param options Ticks.
 * @returns The marks of the axis.
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
