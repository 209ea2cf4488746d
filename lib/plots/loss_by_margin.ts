/**
 * Losses as functions of the margin.
 *
 * @module
 */
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { type ByName, runLegend, seriesOf } from "./runs.ts";
import { colour } from "./theme.ts";

/**
 * Draws the loss of one image against the margin of its class for several losses, one panel per class.
 *
 * @param margins The margins.
 * @param panels Values from {@linkcode lossByMargin}, keyed by class name, then by loss name; all panels have the same
 * losses.
 * @param options Title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no panel, or a curve does not have one value per margin.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.lossByMargin([-1, 0, 1], { "a rare class": { ce: [1.3, 0.7, 0.3] } });
 * assertStringIncludes(svg, "a rare class");
 * ```
 */
export async function lossByMargin(
  margins: readonly number[],
  panels: ByName<ByName<readonly number[]>>,
  { width = 760, height = 270, ...options }: FigureOptions = {},
): Promise<Figure> {
  const drawn = seriesOf(panels).map(({ name, value }) => ({ name, series: seriesOf(value) }));
  const curves = drawn.flatMap(({ series }) => series);
  const wrong = curves.find(({ value }) => value.length !== margins.length);
  if (wrong) {
    throw new RangeError(
      `Expected a loss for each of ${margins.length} margins but found ${wrong.value.length} of ${wrong.name}`,
    );
  }
  const highest = curves.reduce((max, { value }) => Math.max(max, ...value), 0);
  const each = (width - 20 * (drawn.length - 1)) / drawn.length;
  return await draw({
    name: "loss-by-margin",
    title: "Loss against margin",
    subtitle: "Loss of one image by the margin of its class's logit over all others",
    legends: [runLegend(drawn[0].series, true)],
    rows: [drawn.map(({ name, series }) => ({
      title: name,
      width: each,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        // A common scale makes the panels comparable.
        y: { domain: [0, highest] },
        marks: [
          ...yAxis(Plot, "Loss (nats)", { ticks: 5 }),
          ...xAxis(Plot, "Margin of the own logit", { ticks: 5 }),
          Plot.ruleX([0], { stroke: colour("muted"), strokeDasharray: "4,4" }),
          ...series.map((curve) =>
            Plot.line(margins.map((x, i) => ({ x, y: curve.value[i] })), {
              x: "x",
              y: "y",
              stroke: curve.colour,
              strokeWidth: 1.8,
            })
          ),
        ],
      }),
    }))],
  }, options);
}
