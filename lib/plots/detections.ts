/**
 * Boxes and masks over an image.
 *
 * @module
 */
import type { Image } from "../data/images/image.ts";
import type { DetectionCategory, Frequency } from "../detection/lvis/dataset.ts";
import type { CocoResult } from "../detection/lvis/results.ts";
import { maskOfResult } from "../detection/lvis/segmentation.ts";
import { decodeMask } from "../detection/masks/rle.ts";
import { draw, type Panel, shortened, text, textWidth } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { frequencyColour, frequencyLegend } from "./frequencies.ts";
import { imageElement } from "./image_element.ts";
import type { ByName } from "./runs.ts";
import { colour, lightRgb } from "./theme.ts";

/** An image with detections of it. */
export interface ImageWithDetections {
  /** The image. */
  readonly image: Image;
  /** Detections of it, or annotations with a score of 1. */
  readonly results: readonly CocoResult[];
}

/** Options of {@linkcode detections}. */
export interface DetectionsOptions extends Omit<FigureOptions, "height"> {
  /** The classes, with their groups if they have any, which are told apart by colour. */
  readonly categories: readonly DetectionCategory[];
  /**
   * Least score of the detections that are shown.
   *
   * @default {0.5}
   */
  readonly least?: number;
  /**
   * Number of panels side by side.
   *
   * @default {3}
   */
  readonly columns?: number;
}

/** Share of a mask's colour in its pixels. */
const OPACITY = 0.45;

/**
 * Draws detections over images, one panel for each: the mask and the box of every object with its class and score, the
 * best scored on top. Colours are those of rare, common and frequent classes.
 *
 * @param panels Images with their detections, keyed by the heading of the panel.
 * @param options Classes, least score, columns, title, width, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no panel, or a mask does not fit its image.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const image = { width: 40, height: 30, pixels: new Uint8Array(3 * 40 * 30) };
 * const results = [{ image_id: 1, category_id: 7, score: 0.9, bbox: [5, 5, 20, 10] as const }];
 * const categories = [{ id: 7, name: "heron" }];
 * const { svg } = await plots.detections({ "1.jpg": { image, results } }, { categories });
 * assertStringIncludes(svg, "heron 0.90");
 * ```
 */
export async function detections(
  panels: ByName<ImageWithDetections>,
  { categories, least = 0.5, columns = 3, width = 640, ...options }: DetectionsOptions,
): Promise<Figure> {
  const entries = Object.entries(panels), across = Math.min(columns, entries.length);
  if (entries.length === 0) throw new RangeError("Expected at least one image but found none");
  const each = (width - 20 * (across - 1)) / across, present = new Set<Frequency>();
  const drawn: Panel[] = [];
  for (const [title, { image, results }] of entries) {
    const shown = results.filter(({ score }) => score >= least).sort((a, b) => a.score - b.score)
      .map((result) => {
        const label = categories.findIndex(({ id }) => id === result.category_id);
        const { frequency } = categories[label] ?? {};
        if (frequency) present.add(frequency);
        const fill = frequency
          ? frequencyColour(frequency)
          : colour(SERIES[Math.max(0, label) % SERIES.length]);
        return { result, fill, name: categories[label]?.name ?? `${result.category_id}` };
      });
    const scale = each / image.width;
    drawn.push({
      title,
      width: each,
      height: image.height * scale,
      svg: await imageElement(blended(image, shown), 0, 0, each) +
        shown.map((object) => outline(object, scale, each)).join(""),
    });
  }
  const rows = Array.from(
    { length: Math.ceil(drawn.length / across) },
    (_, row) => drawn.slice(row * across, (row + 1) * across),
  );
  return await draw({
    name: "detections",
    title: "Detections",
    subtitle: `Objects with a score of at least ${least}`,
    legends: [frequencyLegend(present)],
    rows,
  }, options);
}

/** Colours of classes without a group. */
const SERIES = ["series1", "series2", "series3", "series4", "series5", "series6"] as const;

/** A detection as it is shown. */
interface ShownObject {
  readonly result: CocoResult;
  /** Its colour. */
  readonly fill: string;
  /** Name of its class. */
  readonly name: string;
}

/** The image with the masks of detections. */
function blended({ height, width, pixels }: Image, objects: readonly ShownObject[]) {
  const values = Uint8ClampedArray.from(pixels);
  for (const { result, fill } of objects) {
    if (result.segmentation === undefined) continue;
    const mask = decodeMask(maskOfResult(result.segmentation, { height, width }));
    const rgb = lightRgb(fill);
    mask.forEach((inside, place) => {
      if (!inside) return;
      for (let c = 0; c < 3; c++) {
        values[3 * place + c] += OPACITY * (rgb[c] - values[3 * place + c]);
      }
    });
  }
  return { height, width, values };
}

/** The box of a detection, with its class and score. */
function outline({ result, fill, name }: ShownObject, scale: number, width: number): string {
  if (result.bbox === undefined) return "";
  const [x, y, w, h] = result.bbox.map((side) => side * scale);
  const label = shortened(`${name} ${result.score.toFixed(2)}`, width, 10);
  const wide = textWidth(label, 10) + 4, top = Math.max(0, y - 13);
  const left = Math.max(0, Math.min(x, width - wide));
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${fill}" stroke-width="1.5"/>` +
    `<rect x="${left}" y="${top}" width="${wide}" height="13" fill="${fill}"/>` +
    text(label, { x: left + 2, y: top + 10, size: 10, fill: "inverse" });
}
