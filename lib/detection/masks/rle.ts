/**
 * Run-length coded masks in COCO's layout.
 *
 * @module
 */
import { elementsOf } from "../../core/shape.ts";

/** A mask as the lengths of its runs. */
export interface Rle {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /**
   * Lengths of the runs down each column, column after column: runs of 0 and of 1 in turn, beginning with 0. Their sum
   * is `height · width`; the first may be 0.
   */
  readonly counts: Uint32Array;
}

/**
 * Run-length codes a mask.
 *
 * @param mask Rows of pixels, `height · width` values; 0 is background, all others are the object.
 * @param height Height in pixels.
 * @param width Width in pixels.
 * @returns The runs.
 * @throws {RangeError} If the mask has another number of pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...encodeMask([0, 1, 0, 1], 2, 2).counts], [2, 2]);
 * ```
 */
export function encodeMask(mask: ArrayLike<number>, height: number, width: number): Rle {
  if (mask.length !== height * width) {
    throw new RangeError(
      `Expected a mask of ${height}×${width} = ${height * width} pixels but found ${mask.length}`,
    );
  }
  const counts: number[] = [];
  let value = false, length = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const here = mask[y * width + x] !== 0;
      if (here !== value) {
        counts.push(length);
        length = 0;
        value = here;
      }
      length++;
    }
  }
  counts.push(length);
  return { height, width, counts: Uint32Array.from(counts) };
}

/**
 * Decodes a mask: the inverse of {@linkcode encodeMask}.
 *
 * @param rle The runs.
 * @returns Rows of pixels, `height · width` values of 0 or 1.
 * @throws {RangeError} If the size is not one of an image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeMask } from "@nbn/toolkit/detection";
 *
 * const mask = decodeMask({ height: 2, width: 2, counts: Uint32Array.of(2, 1, 1) });
 * assertEquals([...mask], [0, 1, 0, 0]);
 * ```
 */
export function decodeMask({ height, width, counts }: Rle): Uint8Array {
  const mask = new Uint8Array(elementsOf([height, width]));
  let position = 0;
  for (let run = 0; run < counts.length; run++) {
    const end = position + counts[run];
    if (run % 2 === 1) {
      for (let at = position; at < end; at++) {
        mask[(at % height) * width + Math.floor(at / height)] = 1;
      }
    }
    position = end;
  }
  return mask;
}
