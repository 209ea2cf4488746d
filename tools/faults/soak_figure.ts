/**
 * The figure of what a long training holds.
 *
 * @module
 */
import { MARGINS, xAxis, yAxis } from "../../lib/plots/axes.ts";
import { draw, type Panel } from "../../lib/plots/draw.ts";
import type { Figure } from "../../lib/plots/figure.ts";
import { colour } from "../../lib/plots/theme.ts";
import type { Sample } from "../../tests/soak/samples.ts";

const WIDTH = 330, HEIGHT = 200;

/** What the panels show. */
const PANELS = [
  ["memory", "Resident memory", "MB"],
  ["tensors", "Tensors", "Number"],
  ["files", "Open files", "Number"],
  ["threads", "Threads", "Number"],
] as const;

/**
 * Draws memory, tensors, files and threads over the steps of a training.
 *
 * @param samples The samples.
 * @returns The figure.
 */
export function soakFigure(samples: readonly Sample[]): Promise<Figure> {
  const steps = samples.at(-1)?.step ?? 0;
  const panels = PANELS.map(([name, title, unit]): Panel => ({
    title,
    width: WIDTH,
    height: HEIGHT,
    plot: (Plot) => ({
      ...MARGINS,
      y: { zero: true, nice: true },
      marks: [
        ...yAxis(Plot, unit, { ticks: 4 }),
        ...xAxis(Plot, "Step", { ticks: 5 }),
        Plot.line(samples, { x: "step", y: name, stroke: colour("series0"), strokeWidth: 1.5 }),
      ],
    }),
  }));
  return draw({
    name: "soak",
    title: "What a long training holds",
    subtitle: `${steps.toLocaleString("en")} steps of a small ResNet with NBN; every ` +
      `${(samples[0]?.step ?? 0).toLocaleString("en")} steps an evaluation and a checkpoint`,
    rows: [panels.slice(0, 2), panels.slice(2)],
  });
}
