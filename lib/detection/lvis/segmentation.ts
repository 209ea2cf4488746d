/**
 * Masks of annotations and results, from any of COCO's three forms: polygons, run lengths, compressed run lengths.
 *
 * @module
 */
import { type Polygon, rleOfPolygons } from "../masks/polygon.ts";
import type { Rle } from "../masks/rle.ts";
import { rleOfText, rleText } from "../masks/rle_text.ts";
import type { PolygonFault } from "./dataset.ts";
import { areNumbers } from "./entries.ts";

/** A mask in JSON: polygons `[[x0, y0, x1, y1, …], …]`, or run lengths as a list or as compressed text. */
export type CocoSegmentation =
  | readonly (readonly number[])[]
  | {
    /** Height and width in pixels. */
    readonly size: readonly number[];
    /** Run lengths. */
    readonly counts: string | readonly number[];
  };

/** Size of an image. */
export interface ImageSize {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
}

/**
 * Reads run lengths.
 *
 * @param segmentation Size and counts.
 * @param image Size of the image that they must fill.
 * @returns The runs.
 * @throws {RangeError} If the size differs from the image's, or the runs do not fill it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const rle = readRle({ size: [2, 2], counts: [1, 2, 1] }, { height: 2, width: 2 });
 * assertEquals([...rle.counts], [1, 2, 1]);
 * ```
 */
export function readRle(
  { size, counts }: Exclude<CocoSegmentation, readonly unknown[]>,
  { height, width }: ImageSize,
): Rle {
  if (!areNumbers(size, 2) || size[0] !== height || size[1] !== width) {
    throw new RangeError(
      `Expected run lengths of size [${height}, ${width}] but found ${JSON.stringify(size)}`,
    );
  }
  if (typeof counts === "string") return rleOfText(counts, height, width);
  const valid = areNumbers(counts) && counts.every((count) => count >= 0);
  if (!valid || counts.reduce((sum, count) => sum + count, 0) !== height * width) {
    throw new RangeError(`Expected runs that fill ${height}×${width} pixels but found others`);
  }
  return { height, width, counts: Uint32Array.from(counts) };
}

/**
 * Checks a polygon.
 *
 * @param polygon Its corners, `x0, y0, x1, y1, …`.
 * @param image Size of its image.
 * @returns Why it is not usable, if it is not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(faultOfPolygon([0, 0, 4, 4], { height: 9, width: 9 }), "few-corners");
 * ```
 */
export function faultOfPolygon(polygon: Polygon, image: ImageSize): PolygonFault | undefined {
  if (polygon.length < 6) return "few-corners";
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity, twice = 0;
  let lastX = polygon[polygon.length - 2], lastY = polygon[polygon.length - 1];
  for (let at = 0; at < polygon.length; at += 2) {
    const x = polygon[at], y = polygon[at + 1];
    twice += lastX * y - x * lastY;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    lastX = x;
    lastY = y;
  }
  if (left >= image.width || top >= image.height || right <= 0 || bottom <= 0) {
    return "polygon-outside";
  }
  // Corners on a line enclose an area of 0 up to rounding.
  return Math.abs(twice) < 1e-9 * (right - left + bottom - top) ** 2 ? "flat-polygon" : undefined;
}

/**
 * Rasterises the polygons of an object, or returns its run lengths.
 *
 * @param segmentation Usable polygons, of which there may be none, or run lengths.
 * @param image Size of its image.
 * @returns The mask.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleArea } from "@nbn/toolkit/detection";
 *
 * const mask = maskOf([[1, 1, 3, 1, 3, 3, 1, 3]], { height: 4, width: 4 });
 * assertEquals(rleArea(mask), 4);
 * ```
 */
export function maskOf(segmentation: readonly Polygon[] | Rle, image: ImageSize): Rle {
  const { height, width } = image;
  if ("counts" in segmentation) return segmentation;
  return segmentation.length > 0
    ? rleOfPolygons(segmentation, height, width)
    : { height, width, counts: Uint32Array.of(height * width) };
}

/**
 * Reads the mask of a result.
 *
 * @param segmentation Its segmentation in COCO's format.
 * @param image Size of its image.
 * @returns The mask.
 * @throws {RangeError} If run lengths do not fill the image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const mask = maskOfResult({ size: [4, 5], counts: "92203" }, { height: 4, width: 5 });
 * assertEquals([...mask.counts], [9, 2, 2, 2, 5]);
 * ```
 */
export function maskOfResult(segmentation: CocoSegmentation, image: ImageSize): Rle {
  return "counts" in segmentation ? readRle(segmentation, image) : maskOf(segmentation, image);
}

/**
 * Returns a mask in COCO's format: polygons, or compressed run lengths.
 *
 * @param segmentation Polygons or run lengths; missing where there are only boxes.
 * @returns The property `segmentation`, or none.
 */
export function cocoSegmentation(
  segmentation: readonly Polygon[] | Rle | undefined,
): { readonly segmentation?: CocoSegmentation } {
  if (segmentation === undefined) return {};
  if (!("counts" in segmentation)) {
    return { segmentation: segmentation.map((polygon) => Array.from(polygon)) };
  }
  const { height, width } = segmentation;
  return { segmentation: { size: [height, width], counts: rleText(segmentation) } };
}
