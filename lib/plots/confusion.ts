/**
 * Confusion matrices.
 *
 * @module
 */
import { encodePng } from "../deps/png_encoder.ts";
import { groupOf, type GroupThresholds } from "../data/groups.ts";
import { byCount } from "./by_count.ts";
import { draw, shortened, text, textWidth } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupLegend } from "./group_legend.ts";
import { SHARP } from "./image_element.ts";
import { pngDataUrl } from "./png_data_url.ts";
import { colour, groupColour } from "./theme.ts";

/** Options of {@linkcode confusion}. */
export interface ConfusionOptions extends FigureOptions {
  /** Number of training images per class; orders the classes and colours the strips beside them. */
  readonly counts?: readonly number[];
  /** Name of each class. */
  readonly classNames?: readonly string[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/** Above this number of classes, the matrix is drawn as one bitmap instead of one rectangle per cell. */
const CELLS = 40;

/** Above this number of classes, the axes show a few class numbers instead of names. */
const NAMED = 20;

/**
 * Draws a confusion matrix: each row shows the fraction of a true class's images that are predicted as each class.
 *
 * @param matrix Number of images by true and predicted class, `[classes][classes]`, from {@linkcode confusionMatrix}.
 * @param options Training counts, class names, title, size, theme.
 * @returns The figure, with classes sorted by training images if counts are given. A row with only a dash marks a class
 * without images.
 * @throws {RangeError} If the matrix is empty or not square.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.confusion([[9, 1], [6, 4]], { classNames: ["cat", "lynx"] });
 * assertStringIncludes(svg, ">60<");
 * ```
 */
export async function confusion(
  matrix: readonly (readonly number[])[],
  { counts, classNames, groupThresholds, width = 560, ...options }: ConfusionOptions = {},
): Promise<Figure> {
  const classes = matrix.length;
  if (classes === 0 || matrix.some((row) => row.length !== classes)) {
    throw new RangeError(
      `Expected a square matrix with at least one class but found ${classes} rows of ` +
        `${matrix[0]?.length ?? 0}`,
    );
  }
  const order = byCount(counts ?? matrix.map(() => 0));
  const fractions = order.map((label) => {
    const images = matrix[label].reduce((sum, count) => sum + count, 0);
    return images === 0 ? null : order.map((predicted) => matrix[label][predicted] / images);
  });
  const names = classes <= NAMED
    ? order.map((label) => classNames?.[label] ?? String(label))
    : undefined;
  const left = Math.min(120, Math.max(...(names ?? ["00"]).map((name) => textWidth(name, 11)))) +
    34;
  const side = (width - left - 8) / classes;
  const whole = side * classes;
  const parts: string[] = [];
  const strip = (index: number) =>
    counts ? groupColour(groupOf(counts[order[index]], groupThresholds)) : colour("grid");
  for (let position = 0; position < classes; position++) {
    const at = position * side;
    parts.push(
      `<rect x="${left - 7}" y="${at}" width="4" height="${side}" fill="${strip(position)}"/>`,
      `<rect x="${left + at}" y="${whole + 3}" width="${side}" height="4" fill="${
        strip(position)
      }"/>`,
    );
    const every = classes <= NAMED ? 1 : classes <= 100 ? 10 : 100;
    if (position % every > 0) continue;
    const name = shortened(names?.[position] ?? String(order[position]), 120, 11);
    const middle = at + side / 2 + 4;
    parts.push(text(name, { x: left - 12, y: middle, anchor: "end" }));
    const x = left + at + side / 2, y = whole + 20;
    parts.push(
      textWidth(name, 11) < side * every
        ? text(name, { x, y, anchor: "middle" })
        : `<g transform="translate(${x + 4},${y - 4}) rotate(-40)">${
          text(name, { x: 0, y: 4, anchor: "end" })
        }</g>`,
    );
  }
  const slanted = (names ?? []).some((name) => textWidth(name, 11) >= side);
  const below = slanted ? Math.min(120, left - 34) * 0.66 + 26 : 28;
  parts.push(
    classes > CELLS ? await picture(fractions, left, whole) : cells(fractions, left, side),
  );
  parts.push(
    text("Predicted class", {
      x: left + whole / 2,
      y: whole + below + 14,
      size: 12,
      anchor: "middle",
    }),
    `<g transform="translate(12,${whole / 2}) rotate(-90)">${
      text("True class", { x: 0, y: 0, size: 12, anchor: "middle" })
    }</g>`,
  );
  return await draw({
    name: "confusion",
    title: "Confusion matrix",
    subtitle: "Percentage of each true class's test images",
    legends: counts ? [groupLegend(counts, groupThresholds)] : [],
    rows: [[{ width, height: whole + below + 20, svg: parts.join("") }]],
  }, options);
}

/** Fractions of the predicted classes for each true class; `null` for a class without images. */
type Fractions = readonly (readonly number[] | null)[];

function cells(fractions: Fractions, left: number, side: number): string {
  const size = Math.min(11, side * 0.42);
  const number = (words: string, label: number, predicted: number, fill?: "inverse" | "ink") =>
    text(words, {
      x: left + predicted * side + side / 2,
      y: label * side + side / 2 + size * 0.36,
      size,
      anchor: "middle",
      fill,
    });
  return fractions.map((row, label) =>
    row?.map((fraction, predicted) => {
      const x = left + predicted * side, y = label * side;
      const rect = `<rect x="${x}" y="${y}" width="${side - 1}" height="${side - 1}" fill="${
        colour(label === predicted ? "medium" : "tail")
      }" fill-opacity="${Math.round(100 * fraction) / 100}"/>`;
      const percent = Math.round(100 * fraction);
      if (percent === 0 || side < 20) return rect;
      return rect + number(String(percent), label, predicted, fraction > 0.6 ? "inverse" : "ink");
    }).join("") ?? number("–", label, label)
  ).join("");
}

/** Draws the matrix as a bitmap: correct predictions green, wrong ones orange, in colours that suit both themes. */
async function picture(
  fractions: Fractions,
  left: number,
  whole: number,
): Promise<string> {
  const classes = fractions.length;
  const data = new Uint8Array(classes * classes * 4);
  fractions.forEach((row, label) =>
    row?.forEach((fraction, predicted) => {
      const hue = label === predicted ? [0, 158, 115] : [222, 110, 30];
      data.set([...hue, Math.round(255 * Math.sqrt(fraction))], (label * classes + predicted) * 4);
    })
  );
  const address = pngDataUrl(await encodePng({ width: classes, height: classes, data }));
  return `<image x="${left}" y="0" width="${whole}" height="${whole}" href="${address}" ` +
    `${SHARP}/>`;
}
