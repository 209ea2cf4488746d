/**
 * Attention maps over images.
 *
 * @module
 */
import type { PositionMap } from "../analysis/upsample.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { imagePixels } from "../data/image_pixels.ts";
import { draw, shortened, text, textWidth } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { overlay } from "./heat.ts";
import { imageElement } from "./image_element.ts";

/** Options of {@linkcode attention}. */
export interface AttentionOptions extends Omit<FigureOptions, "width" | "height"> {
  /**
   * Captions beside the images.
   *
   * @default {the name of its class}
   */
  readonly captions?: readonly string[];
  /**
   * Colour scale: `"map"` normalises each map by its own maximum, `"image"` all maps of an image by their common
   * maximum, so that weak maps look weak.
   *
   * @default {"map"}
   */
  readonly scale?: "map" | "image";
  /**
   * Width of an image in CSS pixels.
   *
   * @default {96}
   */
  readonly side?: number;
}

const GAP = 6;

/**
 * Draws attention maps over images: one row per image, one column per kind of map (paper, Figures 1 and 4).
 *
 * @param dataset The images.
 * @param maps The columns, keyed by heading: for each a map of every image, from {@linkcode classAttention} or
 * {@linkcode gradCam}.
 * @param options Captions, colour scale, size, title, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no image, a column does not have one map per image, or the size of a map is not that
 * of the images.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { builtin, subset } from "@nbn/toolkit/data";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const images = subset(builtin({ testImages: 1 }).test, [9]);
 * const map = { height: 32, width: 32, values: new Float32Array(1024).fill(1) };
 * const { svg } = await plots.attention(images, { "All channels": [map] });
 * assertStringIncludes(svg, "All channels");
 * ```
 */
export async function attention(
  dataset: ImageDataset,
  maps: Readonly<Record<string, readonly PositionMap[]>>,
  { captions, scale = "map", side = 96, ...options }: AttentionOptions = {},
): Promise<Figure> {
  const images = dataset.labels.length;
  if (images === 0) throw new RangeError("Expected at least one image but found none");
  const columns = Object.entries(maps);
  const wrong = columns.find(([, column]) => column.length !== images);
  if (wrong) {
    throw new RangeError(
      `Expected a map for each of ${images} images but found ${wrong[1].length} of ${wrong[0]}`,
    );
  }
  const adjacent = Array.from(
    dataset.labels,
    (label, image) => (captions?.[image] ?? dataset.classNames[label]).split("\n"),
  );
  const longest = Math.max(...adjacent.flat().map((line) => textWidth(line, 11)));
  const left = Math.min(220, longest + 12);
  const pixels = await imagePixels(dataset, Array.from({ length: images }, (_, i) => i));
  const wide = side + GAP, high = side * dataset.shape[0] / dataset.shape[1] + GAP;
  const parts = ["Image", ...columns.map(([name]) => name)].flatMap((name, column) =>
    halves(name, side).map((line, i) =>
      text(line, { x: left + column * wide + side / 2, y: 11 + i * 13, anchor: "middle" })
    )
  );
  const top = 34;
  for (let image = 0; image < images; image++) {
    const y = top + image * high;
    const lines = adjacent[image];
    lines.forEach((line, i) => {
      parts.push(text(shortened(line, left - 8, 11), {
        x: 0,
        y: y + high / 2 + (i - (lines.length - 1) / 2) * 15,
        fill: i === 0 ? "ink" : "muted",
      }));
    });
    parts.push(await imageElement(pixels[image], left, y, side));
    const strongest = columns.map(([, column]) => most(column[image]));
    for (const [index, [, column]] of columns.entries()) {
      const limit = scale === "map" ? strongest[index] : Math.max(...strongest);
      const laid = overlay(pixels[image], column[image], limit);
      parts.push(await imageElement(laid, left + (index + 1) * wide, y, side));
    }
  }
  return await draw({
    name: "attention",
    title: "Attention maps",
    subtitle: scale === "map"
      ? "Each map on its own scale; pale yellow: strongest"
      : "Maps of an image on a common scale; pale yellow: strongest",
    rows: [[{
      width: left + (columns.length + 1) * wide - GAP,
      height: top + images * high - GAP,
      svg: parts.join(""),
    }]],
  }, options);
}

function most({ values }: PositionMap): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}

/** Splits a heading that is too long for one line into two of similar length. */
function halves(name: string, side: number): string[] {
  const words = name.split(/(?<=[ -])/);
  if (words.length < 2 || textWidth(name, 11) <= side) return ["", shortened(name, side, 11)];
  const lines = (cut: number) =>
    [words.slice(0, cut), words.slice(cut)].map((part) => part.join("").trim());
  const longer = (cut: number) => Math.max(...lines(cut).map((line) => line.length));
  let best = 1;
  for (let cut = 2; cut < words.length; cut++) if (longer(cut) < longer(best)) best = cut;
  return lines(best).map((line) => shortened(line, side + GAP, 11));
}
