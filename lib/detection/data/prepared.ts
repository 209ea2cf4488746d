/**
 * An image with its objects, resized, flipped and normalised.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { elementsOf } from "../../core/shape.ts";
import { resize } from "../../data/resize.ts";
import type { Image } from "../../data/images/image.ts";
import type { DetectionAnnotation } from "../lvis/dataset.ts";
import { decodeMask } from "../masks/rle.ts";
import { rleOfPolygons } from "../masks/polygon.ts";

/** An object of a prepared image. */
export interface PreparedObject {
  /** Corners in pixels: left, top, right, bottom. */
  readonly box: readonly [number, number, number, number];
  /** Class. */
  readonly label: number;
  /** Rows of pixels, 0 or 1. */
  readonly mask: Uint8Array;
}

/** A prepared image. */
export interface PreparedImage {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Factors by which height and width were multiplied. */
  readonly scale: readonly [height: number, width: number];
  /** Normalised pixels, `[height, width, 3]`. */
  readonly pixels: Float32Array;
  /** Its objects. */
  readonly objects: readonly PreparedObject[];
}

/** Options of {@linkcode prepareImage}. */
export interface PrepareOptions {
  /** Bounds that the image is made to fit, as large as both allow: the longer and the shorter side in pixels. */
  readonly fit: readonly [long: number, short: number];
  /** Whether left and right are exchanged. */
  readonly flip?: boolean;
  /** Mean of red, green and blue, on the scale 0 to 1. */
  readonly mean: readonly number[];
  /** Standard deviation of red, green and blue, on the scale 0 to 1. */
  readonly std: readonly number[];
}

/**
 * Computes the size of an image that fits bounds, with its aspect kept.
 *
 * @param image Height and width in pixels.
 * @param fit Longer and shorter side.
 * @returns Height and width in pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fittedSize } from "@nbn/toolkit/detection";
 *
 * assertEquals(fittedSize({ height: 480, width: 640 }, [1333, 800]), [800, 1067]);
 * ```
 */
export function fittedSize(
  { height, width }: Pick<Image, "height" | "width">,
  [long, short]: readonly [number, number],
): [height: number, width: number] {
  const scale = Math.min(
    long / Math.max(height, width),
    short / Math.min(height, width),
  );
  const fitted = (side: number) => Math.max(1, Math.floor(side * scale + 0.5));
  return [fitted(height), fitted(width)];
}

/**
 * Resizes, flips and normalises an image with its objects. Polygons are resized before they are filled.
 *
 * @param image The image.
 * @param annotations Its annotations, with masks.
 * @param options Size, flip, normalisation.
 * @returns The image and its objects; boxes are clipped to the image.
 * @throws {RangeError} If the size is not one of an image, or a mask is missing or has another size than the image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { prepareImage } from "@nbn/toolkit/detection";
 *
 * const image = { width: 4, height: 2, pixels: new Uint8Array(24).fill(255) };
 * const segmentation = [[0, 0, 2, 0, 2, 2, 0, 2]];
 * const object = { id: 1, image: 0, label: 5, box: [0, 0, 2, 2], area: 4, segmentation, ignored: false } as const;
 * const options = { fit: [4, 2], flip: true, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
 * const { pixels, objects } = prepareImage(image, [object], options);
 * assertEquals([pixels[0], objects[0].box], [1, [2, 0, 4, 2]]);
 * assertEquals([...objects[0].mask], [0, 0, 1, 1, 0, 0, 1, 1]);
 * ```
 */
export function prepareImage(
  image: Image,
  annotations: readonly DetectionAnnotation[],
  { fit, flip = false, mean, std }: PrepareOptions,
): PreparedImage {
  const [height, width] = fittedSize(image, fit);
  expectRange("an integer of at least 1", { height, width });
  elementsOf([height, width, 3]);
  const resized = resize(image, width, height);
  const scale = [height / image.height, width / image.width] as const;
  const pixels = new Float32Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (y * width + (flip ? width - 1 - x : x)), to = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        pixels[to + c] = (resized.pixels[from + c] / 255 - mean[c]) / std[c];
      }
    }
  }
  const clip = (value: number, extent: number) => Math.min(Math.max(value, 0), extent);
  const objects = annotations.map((annotation): PreparedObject => {
    const [x, y, boxWidth, boxHeight] = annotation.box;
    const left = clip(x * scale[1], width), right = clip((x + boxWidth) * scale[1], width);
    const top = clip(y * scale[0], height), bottom = clip((y + boxHeight) * scale[0], height);
    const mask = resizedMask(annotation, image, { height, width });
    return {
      box: flip ? [width - right, top, width - left, bottom] : [left, top, right, bottom],
      label: annotation.label,
      mask: flip ? mirrored(mask, width) : mask,
    };
  });
  return { height, width, scale, pixels, objects };
}

function resizedMask(
  { segmentation = [], id }: DetectionAnnotation,
  from: Pick<Image, "height" | "width">,
  to: Pick<Image, "height" | "width">,
): Uint8Array {
  const { height, width } = to, down = height / from.height, across = width / from.width;
  if (!("counts" in segmentation)) {
    if (segmentation.length === 0) {
      throw new RangeError(
        `Expected annotation ${id} to have a mask but found none: leave it out, since masks are learnt from every object`,
      );
    }
    const polygons = segmentation.map((polygon) =>
      Array.from(polygon, (value, i) => value * (i % 2 ? down : across))
    );
    return decodeMask(rleOfPolygons(polygons, height, width));
  }
  if (segmentation.height !== from.height || segmentation.width !== from.width) {
    throw new RangeError(
      `Expected the mask of annotation ${id} to be ${from.height}×${from.width} but found ` +
        `${segmentation.height}×${segmentation.width}: give it the image that was annotated`,
    );
  }
  const source = decodeMask(segmentation);
  if (from.height === height && from.width === width) return source;
  const mask = new Uint8Array(height * width);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y + 0.5) / down) * from.width;
    for (let x = 0; x < width; x++) {
      mask[y * width + x] = source[row + Math.floor((x + 0.5) / across)];
    }
  }
  return mask;
}

function mirrored(mask: Uint8Array, width: number): Uint8Array {
  return mask.map((_, i) => {
    const x = i % width;
    return mask[i - x + width - 1 - x];
  });
}
