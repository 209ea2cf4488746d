/**
 * NBN's magnitude over the course of a training.
 *
 * @module
 */
import type { MagnitudeHistory } from "../analysis/magnitude_history.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { seriesOf } from "./runs.ts";
import { sideBySide } from "./side_by_side.ts";
import { colour } from "./theme.ts";
import { thinned } from "./thinned.ts";

/**
 * Draws the magnitude g over the course of a training (paper, Figure 2) and, for every NBN vector, the fraction of
 * recent steps with ĝ < 0 (pattern A). Where the fraction is above 0.5, g mostly grows.
 *
 * @param history History from {@linkcode magnitudeHistory}.
 * @param options Title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If the training has no learned magnitude.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.magnitude({
 *   step: [1, 2],
 *   window: 1,
 *   magnitudes: [{ path: "nbn/magnitude", values: [1, 1.1] }],
 *   signs: [{ path: "stage3/block1/bn2/weight", patternA: 1, patternB: 0, recent: [1, 1] }],
 * });
 * assertStringIncludes(svg, "Magnitude g");
 * ```
 */
export async function magnitude(
  { step, magnitudes, signs, window }: MagnitudeHistory,
  { width = 760, height = 290, ...options }: FigureOptions = {},
): Promise<Figure> {
  if (magnitudes.length === 0) {
    throw new RangeError(
      "Expected the log of a training with a learned magnitude but found none: train with nbn()",
    );
  }
  const { each: half, rows } = sideBySide(width);
  const lines = (curves: readonly { path: string; values: readonly number[] }[]) =>
    seriesOf(Object.fromEntries(curves.map(({ path, values }) => [path, values])))
      .map((run) => ({
        ...run,
        points: thinned(step.map((x, i) => ({ x, y: run.value[i] })), 250),
      }));
  const of = lines(magnitudes);
  const growing = signs.length === 0 ? [] : lines(
    signs.map(({ path, recent }) => ({ path, values: recent.map((fraction) => 100 * fraction) })),
  );
  const all = signs.reduce((sum, { patternA }) => sum + patternA, 0) / signs.length;
  return await draw({
    name: "magnitude",
    title: "The magnitude g over the training, and the sign of its gradient",
    subtitle: signs.length === 0
      ? undefined
      : `Pattern A (ĝ < 0, g grows, the vector evens out) in ${
        (100 * all).toFixed(1)
      } % of all steps and vectors`,
    legends: [growing.map(({ name, colour }) => ({ label: `ĝ of ${name}`, colour, line: true }))],
    rows: rows([
      {
        title: of.length === 1 ? "Magnitude, shared by all layers" : `${of.length} magnitudes`,
        width: half,
        height,
        plot: (Plot) => ({
          ...MARGINS,
          y: { nice: true },
          marks: [
            ...yAxis(Plot, "Magnitude g", { ticks: 6 }),
            ...xAxis(Plot, "Step", { ticks: 5 }),
            ...of.map((run) =>
              Plot.line(run.points, {
                x: "x",
                y: "y",
                stroke: of.length === 1 ? colour("ink") : run.colour,
                strokeWidth: 2,
              })
            ),
          ],
        }),
      },
      ...(growing.length === 0 ? [] : [{
        title: `Fraction of pattern A over the last ${window} steps`,
        width: half,
        height,
        plot: (Plot: Parameters<typeof yAxis>[0]) => ({
          ...MARGINS,
          y: { domain: [0, 100] },
          marks: [
            ...yAxis(Plot, "Steps with ĝ < 0 (%)", { ticks: 5 }),
            ...xAxis(Plot, "Step", { ticks: 5 }),
            Plot.ruleY([50], { stroke: colour("muted"), strokeDasharray: "4,4" }),
            ...growing.map((run) =>
              Plot.line(run.points, { x: "x", y: "y", stroke: run.colour, strokeWidth: 1.6 })
            ),
          ],
        }),
      }]),
    ]),
  }, options);
}
