/**
 * Training loss and test accuracy over the course of a training.
 *
 * @module
 */
import type { Metrics } from "../analysis/read_metrics.ts";
import { MARGINS, type Marks, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { sideBySide } from "./side_by_side.ts";
import { thinned } from "./thinned.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";

/**
 * Draws the training loss, averaged over neighbouring steps, and the test accuracy of several runs.
 *
 * @param runs Logs from {@linkcode readMetrics}, keyed by run name.
 * @param options Title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const step = [1, 2, 3];
 * const { svg } = await plots.trainingCurves({ ce: { step, columns: { loss: [3, 2, 1], all: [null, null, 50] } } });
 * assertStringIncludes(svg, "Loss (nats)");
 * ```
 */
export async function trainingCurves(
  runs: ByName<Metrics>,
  { width = 760, height = 270, ...options }: FigureOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs);
  const { each: half, rows } = sideBySide(width);
  const points = (column: string, thin: boolean) =>
    series.flatMap(({ name, colour, value: { step, columns } }) => {
      const values = columns[column] ?? [];
      const known = step.flatMap((x, i) =>
        values[i] === null || values[i] === undefined ? [] : [{ x, y: values[i] }]
      );
      return (thin ? thinned(known) : known).map((point) => ({ ...point, name, colour }));
    });
  const loss = points("loss", true), accuracy = points("all", false);
  const lines = { x: "x", y: "y", z: "name", stroke: (d: { colour: string }) => d.colour } as const;
  return await draw({
    name: "training-curves",
    title: "Training curves",
    legends: [runLegend(series, true)],
    rows: rows([{
      title: "Training loss",
      width: half,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        y: { zero: true, nice: true },
        marks: [
          ...yAxis(Plot, "Loss (nats)", { ticks: 5 }),
          ...xAxis(Plot, "Step", { ticks: 5 }),
          Plot.line(loss, { ...lines, strokeWidth: 1.5 }),
        ],
      }),
    }, {
      title: "Accuracy on the test set",
      width: half,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        y: { domain: [0, 100] },
        x: { domain: ends([...loss, ...accuracy].map(({ x }) => x)) },
        marks: [
          ...yAxis(Plot, "Accuracy (%)", { ticks: 5 }),
          ...xAxis(Plot, "Step", { ticks: 5 }),
          Plot.line(accuracy, { ...lines, strokeWidth: 1.8 }),
          Plot.dot(accuracy, { x: "x", y: "y", r: 2.5, fill: lines.stroke }),
        ] as Marks,
      }),
    }]),
  }, options);
}

function ends(values: readonly number[]): [number, number] {
  return values.length === 0
    ? [0, 1]
    : values.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [
      Infinity,
      -Infinity,
    ]);
}
