/**
 * Accuracy of Head, Medium and Tail against a number.
 *
 * @module
 */
import { GROUP_NAMES, GROUPS } from "../data/groups.ts";
import type { GroupAccuracy } from "../metrics/group_accuracy.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { colour, groupColour } from "./theme.ts";

/** Options of {@linkcode accuracyAgainst}. */
export interface AccuracyAgainstOptions extends FigureOptions {
  /** Axis label: what the number is, for instance `Number of experts`. */
  readonly label: string;
}

const LINES: readonly {
  readonly key: "all" | "head" | "medium" | "tail";
  readonly name: string;
  readonly stroke: string;
}[] = [
  { key: "all", name: "All", stroke: colour("ink") },
  ...GROUPS.map((key) => ({
    key,
    name: GROUP_NAMES[key],
    stroke: groupColour(key),
  })),
];

/** Maximum number of values that are ticked individually. */
const TICKED = 12;

/**
 * Draws the accuracies over all images and over Head, Medium and Tail against a number, such as the number of experts
 * or τ. A group without classes has no line.
 *
 * @param values The numbers, in ascending order.
 * @param accuracies Accuracies in percent at each number, as training and evaluation return them.
 * @param options Axis label, title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no number, or not exactly one set of accuracies per number.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.accuracyAgainst([1, 2], [
 *   { all: 48.3, head: 90.5, medium: 36.5, tail: 3.8 },
 *   { all: 51.1, head: 91, medium: 40.5, tail: 6.2 },
 * ], { label: "Number of experts" });
 * assertStringIncludes(svg, "Number of experts");
 * ```
 */
export async function accuracyAgainst(
  values: readonly number[],
  accuracies: readonly Pick<GroupAccuracy, (typeof LINES)[number]["key"]>[],
  { label, width = 520, height = 280, ...options }: AccuracyAgainstOptions,
): Promise<Figure> {
  if (values.length === 0 || accuracies.length !== values.length) {
    throw new RangeError(
      `Expected at least one number and accuracies for each but found ${values.length} numbers and ` +
        `${accuracies.length} accuracies`,
    );
  }
  const lines = LINES.map((line) => ({
    ...line,
    points: values.flatMap((x, i) => {
      const y = accuracies[i][line.key];
      return y === null ? [] : [{ x, y }];
    }),
  })).filter(({ points }) => points.length > 0);
  return await draw({
    name: "accuracy-against",
    title: `Accuracy against ${label[0].toLowerCase()}${label.slice(1)}`,
    subtitle: "All: mean over test images; groups: means over classes",
    legends: [lines.map(({ name, stroke }) => ({ label: name, colour: stroke, line: true }))],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        x: { inset: 12 },
        y: { domain: [0, 100] },
        marks: [
          ...yAxis(Plot, "Accuracy (%)", { ticks: 5 }),
          ...xAxis(Plot, label, {
            ticks: values.length <= TICKED ? [...values] : undefined,
            tickFormat: (value) => String(value),
          }),
          ...lines.flatMap(({ points, stroke }) => [
            Plot.line(points, { x: "x", y: "y", stroke, strokeWidth: 1.8 }),
            Plot.dot(points, { x: "x", y: "y", r: 4, fill: stroke }),
          ]),
        ],
      }),
    }]],
  }, options);
}
