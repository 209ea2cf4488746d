/**
 * Sorted weights of a norm layer.
 *
 * @module
 */
import type { WeightCurve } from "../analysis/weight_curve.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";

/** Options of {@linkcode weightCurves}. */
export interface WeightCurvesOptions extends FigureOptions {
  /**
   * Whether to divide each curve by its mean absolute weight, so that shapes of curves with different magnitudes are
   * comparable.
   *
   * @default {false}
   */
  readonly relative?: boolean;
}

/**
 * Draws the weights γ of a norm layer in descending order (paper, Figure 5). The steeper the curve, the more a few
 * channels dominate.
 *
 * @param curves Curves from {@linkcode weightCurve}, keyed by run name.
 * @param options Relative, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const weights = Float32Array.of(1.2, 1, 0.5);
 * const { svg } = await plots.weightCurves({ ce: { path: "stage3/block1/bn2", kind: "bn", weights } });
 * assertStringIncludes(svg, "stage3/block1/bn2");
 * ```
 */
export async function weightCurves(
  curves: ByName<WeightCurve>,
  { relative = false, width = 560, height = 300, ...options }: WeightCurvesOptions = {},
): Promise<Figure> {
  const series = seriesOf(curves);
  const points = series.flatMap(({ name, colour, value: { weights } }) => {
    const size = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / weights.length;
    return Array.from(weights, (weight, index) => ({
      name,
      colour,
      place: index + 1,
      weight: relative && size > 0 ? weight / size : weight,
    }));
  });
  const paths = [...new Set(series.map(({ value }) => value.path))];
  return await draw({
    name: "weight-curves",
    title: "Weights of the last BN, sorted",
    subtitle: `γ of ${paths.join(", ")}; for NBN g·v/‖v‖`,
    legends: [runLegend(series, true)],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        y: { zero: true, nice: true },
        marks: [
          ...yAxis(Plot, relative ? "Weight γ over its mean size" : "Weight γ", { ticks: 6 }),
          ...xAxis(Plot, "Channel, by weight"),
          Plot.line(points, {
            x: "place",
            y: "weight",
            z: "name",
            stroke: (d: { colour: string }) => d.colour,
            strokeWidth: 2,
          }),
        ],
      }),
    }]],
  }, options);
}
