/**
 * Grid of images by class.
 *
 * @module
 */
import { counted } from "../core/counted.ts";
import { classCounts, type ImageDataset } from "../data/dataset.ts";
import { groupOf, type GroupThresholds } from "../data/groups.ts";
import { imagePixels } from "../data/image_pixels.ts";
import { imagesOfClasses } from "../data/images_of_classes.ts";
import { byCount } from "./by_count.ts";
import { draw, shortened, text, textWidth } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupLegend } from "./group_legend.ts";
import { imageElement } from "./image_element.ts";
import { groupColour } from "./theme.ts";

/** Options of {@linkcode imageGrid}. */
export interface ImageGridOptions extends Omit<FigureOptions, "height"> {
  /**
   * Number of images per class.
   *
   * @default {8}
   */
  readonly perClass?: number;
  /**
   * Classes to show, numbered from 0.
   *
   * @default {all, up to 20, those with the most training images first}
   */
  readonly classes?: readonly number[];
  /**
   * Number of training images per class, if the data set is not the training set.
   *
   * @default {those of the data set}
   */
  readonly counts?: readonly number[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/**
 * Draws the first images of each class, one row per class, with the number of training images.
 *
 * @param dataset The images.
 * @param options Images per class, classes, counts, title, width, theme.
 * @returns The figure; a class with few images has a short row.
 * @throws {RangeError} If a class does not exist, or there is no class.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { train } = builtin();
 * const { svg } = await plots.imageGrid(train, { perClass: 2 });
 * assertStringIncludes(svg, "data:image/png;base64,");
 * ```
 */
export async function imageGrid(
  dataset: ImageDataset,
  { perClass = 8, width = 640, ...options }: ImageGridOptions = {},
): Promise<Figure> {
  const { counts = classCounts(dataset), groupThresholds, ...rest } = options;
  const names = dataset.classNames;
  const classes = rest.classes ?? byCount(counts).slice(0, 20);
  const wrong = classes.find((label) => !(label in names));
  if (classes.length === 0 || wrong !== undefined) {
    throw new RangeError(
      `Expected classes from 0 to ${names.length - 1} but found ${wrong ?? "none"}`,
    );
  }
  const chosen = classes.map((label) => imagesOfClasses(dataset.labels, [label], { perClass }));
  const pixels = await imagePixels(dataset, chosen.flat());
  const longest = Math.max(...classes.map((label) => textWidth(names[label], 12)));
  const left = Math.min(150, longest) + 24;
  const side = Math.min(96, (width - left) / perClass - 4);
  const row = side * dataset.shape[0] / dataset.shape[1] + 4;
  const parts: string[] = [];
  let next = 0;
  for (const [index, label] of classes.entries()) {
    const y = index * row, middle = y + row / 2 - 2;
    parts.push(
      `<rect x="0" y="${y}" width="4" height="${row - 4}" rx="1" fill="${
        groupColour(groupOf(counts[label], groupThresholds))
      }"/>`,
      text(shortened(names[label], 150, 12), {
        x: 10,
        y: row < 30 ? middle + 4 : middle,
        size: 12,
      }),
    );
    if (row >= 30) {
      const count = counts[label];
      const size = counted(count, "image");
      parts.push(text(size, { x: 10, y: middle + 14, size: 10, fill: "muted" }));
    }
    for (const column of chosen[index].keys()) {
      parts.push(await imageElement(pixels[next++], left + column * (side + 4), y, side));
    }
  }
  return await draw({
    name: "image-grid",
    title: `Images of ${dataset.name}`,
    legends: [groupLegend(classes.map((label) => counts[label]), groupThresholds)],
    rows: [[{
      width: left + perClass * (side + 4) - 4,
      height: classes.length * row,
      svg: parts.join(""),
    }]],
  }, rest);
}
