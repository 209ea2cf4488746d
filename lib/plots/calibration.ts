/**
 * Reliability diagrams.
 *
 * @module
 */
import type { CalibrationBin } from "../analysis/calibration_bins.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { colour } from "./theme.ts";

/**
 * Draws a reliability diagram: accuracy against confidence, and below it the distribution of confidences. A calibrated
 * network is on the diagonal; below it, the network is overconfident.
 *
 * @param runs Bins from {@linkcode calibrationBins}, keyed by run name.
 * @param options Title, size, theme.
 * @returns The figure; its legend states the expected calibration error (ECE) of each run.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.calibration({
 *   ce: [{ from: 0, to: 1, images: 10, confidence: 0.9, accuracy: 0.5 }],
 * });
 * assertStringIncludes(svg, "ce (ECE 0.400)");
 * ```
 */
export async function calibration(
  runs: ByName<readonly CalibrationBin[]>,
  { width = 520, height = 340, ...options }: FigureOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs).map((run) => {
    const images = run.value.reduce((sum, bin) => sum + bin.images, 0);
    const error = run.value.reduce(
      (sum, { accuracy, confidence, images: n }) =>
        sum + (n === 0 ? 0 : n / images * Math.abs(accuracy! - confidence!)),
      0,
    );
    return { ...run, label: `${run.name} (ECE ${error.toFixed(3)})`, images };
  });
  const points = series.flatMap(({ name, colour, value, images: all }) =>
    value.flatMap(({ confidence, accuracy, images }) =>
      images === 0
        ? []
        : [{ name, colour, confidence, accuracy, size: 2 + 9 * Math.sqrt(images / all) }]
    )
  );
  const percentages = series.flatMap(({ name, colour, value, images }) =>
    value.map((bin) => ({
      name,
      colour,
      x: (bin.from + bin.to) / 2,
      percentage: images === 0 ? 0 : 100 * bin.images / images,
    }))
  );
  const stroke = (d: { colour: string }) => d.colour;
  return await draw({
    name: "calibration",
    title: "Reliability diagram",
    subtitle: "Below the diagonal: overconfident; larger dots are more images",
    legends: [runLegend(series.map((run) => ({ ...run, name: run.label })), true)],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        x: { domain: [0, 1] },
        y: { domain: [0, 1] },
        r: { type: "identity" },
        marks: [
          ...yAxis(Plot, "Accuracy", { ticks: 5 }),
          ...xAxis(Plot, "Confidence (probability of the predicted class)", { ticks: 5 }),
          Plot.line([[0, 0], [1, 1]], { stroke: colour("muted"), strokeDasharray: "4,4" }),
          Plot.line(points, {
            x: "confidence",
            y: "accuracy",
            z: "name",
            stroke,
            strokeWidth: 1.8,
          }),
          Plot.dot(points, { x: "confidence", y: "accuracy", r: "size", fill: stroke }),
        ],
      }),
    }], [{
      width,
      height: 120,
      plot: (Plot) => ({
        ...MARGINS,
        x: { domain: [0, 1] },
        y: { nice: true, zero: true },
        marks: [
          ...yAxis(Plot, "Images (%)", { ticks: 3 }),
          ...xAxis(Plot, "Confidence", { ticks: 5 }),
          Plot.line(percentages, {
            x: "x",
            y: "percentage",
            z: "name",
            stroke,
            curve: "step",
            strokeWidth: 1.6,
          }),
        ],
      }),
    }]],
  }, options);
}
