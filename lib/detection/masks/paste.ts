/**
 * Masks of detections, brought back into their images.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { expectMatrix } from "../../core/shape.ts";
import type { Rle } from "./rle.ts";

/** Options of {@linkcode pasteMask}. */
export interface PasteOptions {
  /** Height of the image in pixels. */
  readonly height: number;
  /** Width of the image in pixels. */
  readonly width: number;
  /**
   * Probability from which on a pixel belongs to the object.
   *
   * @default {0.5}
   */
  readonly threshold?: number;
}

/**
 * Pastes the mask of a detection into its image: probabilities are interpolated bilinearly at the centres of pixels,
 * with zeros around the box, and cut at a threshold. The result is run-length coded as it is computed, so that no mask
 * of the image's size is made.
 *
 * Source: He et al. 2017, Mask R-CNN, section 3.1; as in mmdetection.
 *
 * @param probabilities Rows of bins over the box, `size · size` values from 0 to 1.
 * @param size Height and width in bins.
 * @param box Corners in pixels: left, top, right, bottom.
 * @param options Size of the image, threshold, above 0.
 * @returns The mask.
 * @throws {RangeError} If the probabilities are not `size · size`, the box has no four finite corners, or a size is
 * no whole number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeMask, pasteMask } from "@nbn/toolkit/detection";
 *
 * const mask = pasteMask([1, 1, 1, 1], 2, [1, 0, 3, 2], { height: 2, width: 4 });
 * assertEquals([...decodeMask(mask)], [0, 1, 1, 0, 0, 1, 1, 0]);
 * ```
 */
export function pasteMask(
  probabilities: ArrayLike<number>,
  size: number,
  box: ArrayLike<number>,
  { height, width, threshold = 0.5 }: PasteOptions,
): Rle {
  const [left, top, right, bottom] = Array.from(box);
  expectRange("an integer of at least 1", { size, height, width });
  expectMatrix(probabilities, size, size, "probabilities");
  if (box.length !== 4 || ![left, top, right, bottom].every(Number.isFinite)) {
    throw new RangeError(`Expected the four corners of a box but found [${Array.from(box)}]`);
  }
  const rows = interpolation(top, bottom, height, size);
  const columns = interpolation(left, right, width, size);
  const counts: number[] = [];
  let value = false, length = columns.first * height;
  const add = (here: boolean, times: number) => {
    if (here !== value && times > 0) {
      counts.push(length);
      length = 0;
      value = here;
    }
    length += times;
  };
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= size || column >= size ? 0 : probabilities[row * size + column];
  for (let i = 0; i < columns.places.length; i++) {
    const x = Math.floor(columns.places[i]), across = columns.places[i] - x;
    add(false, rows.first);
    for (let j = 0; j < rows.places.length; j++) {
      const y = Math.floor(rows.places[j]), down = rows.places[j] - y;
      const upper = at(y, x) * (1 - across) + at(y, x + 1) * across;
      const lower = at(y + 1, x) * (1 - across) + at(y + 1, x + 1) * across;
      add(upper * (1 - down) + lower * down >= threshold, 1);
    }
    add(false, height - rows.first - rows.places.length);
  }
  add(false, (width - columns.first - columns.places.length) * height);
  counts.push(length);
  return { height, width, counts: Uint32Array.from(counts) };
}

/** The pixels within reach of a box along one axis, with their places in bins: the centre of the first bin is 0. */
function interpolation(from: number, to: number, extent: number, size: number) {
  const scale = size / (to - from);
  // Beyond half a bin outside the box all is 0.
  const reach = 0.5 / scale;
  const first = Math.max(0, Math.min(extent, Math.floor(from - reach)));
  const end = Math.max(first, Math.min(extent, Math.ceil(to + reach)));
  const isBox = to > from;
  return {
    first,
    places: Float64Array.from(
      { length: isBox ? end - first : 0 },
      (_, i) => (first + i + 0.5 - from) * scale - 0.5,
    ),
  };
}
