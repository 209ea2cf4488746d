/**
 * Areas, bounding boxes, intersections and unions of run-length coded masks, computed on the runs.
 *
 * @module
 */
import type { Rle } from "./rle.ts";

/**
 * Counts the pixels of a mask.
 *
 * @param rle The mask.
 * @returns The area in pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleArea } from "@nbn/toolkit/detection";
 *
 * assertEquals(rleArea({ height: 2, width: 2, counts: Uint32Array.of(1, 2, 1) }), 2);
 * ```
 */
export function rleArea({ counts }: Rle): number {
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area += counts[run];
  return area;
}

/**
 * Computes the smallest box around a mask.
 *
 * @param rle The mask.
 * @returns `[x, y, width, height]` in pixels; all 0 for an empty mask.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleBox } from "@nbn/toolkit/detection";
 *
 * assertEquals(rleBox({ height: 4, width: 5, counts: Uint32Array.of(9, 2, 2, 2, 5) }), [2, 1, 2, 2]);
 * ```
 */
export function rleBox({ height, counts }: Rle): [number, number, number, number] {
  let left = Infinity, top = Infinity, right = -1, bottom = -1;
  for (let run = 0, position = 0; run < counts.length; position += counts[run++]) {
    if (run % 2 === 0 || counts[run] === 0) continue;
    const last = position + counts[run] - 1;
    const firstColumn = Math.floor(position / height), lastColumn = Math.floor(last / height);
    left = Math.min(left, firstColumn);
    right = Math.max(right, lastColumn);
    // A run over the end of a column touches both borders.
    top = Math.min(top, firstColumn < lastColumn ? 0 : position % height);
    bottom = Math.max(bottom, firstColumn < lastColumn ? height - 1 : last % height);
  }
  return right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1];
}

/**
 * Counts the pixels that two masks share.
 *
 * @param a A mask.
 * @param b A mask of the same size.
 * @returns Number of pixels.
 * @throws {RangeError} If the sizes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleIntersection } from "@nbn/toolkit/detection";
 *
 * const upper = { height: 2, width: 1, counts: Uint32Array.of(0, 1, 1) };
 * const both = { height: 2, width: 1, counts: Uint32Array.of(0, 2) };
 * assertEquals(rleIntersection(upper, both), 1);
 * ```
 */
export function rleIntersection(a: Rle, b: Rle): number {
  expectSameSize(a, b);
  const first = a.counts, second = b.counts;
  let i = 0, j = 0, shared = 0;
  let endA = first[0] ?? 0, endB = second[0] ?? 0, position = 0;
  while (i < first.length && j < second.length) {
    const end = endA < endB ? endA : endB;
    if (i & j & 1) shared += end - position;
    position = end;
    if (endA === end) endA += first[++i];
    if (endB === end) endB += second[++j];
  }
  return shared;
}

/**
 * Computes the intersection over union of two masks.
 *
 * @param a A mask.
 * @param b A mask of the same size.
 * @returns A number from 0 to 1; 0 if both are empty.
 * @throws {RangeError} If the sizes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleIou } from "@nbn/toolkit/detection";
 *
 * const upper = { height: 2, width: 1, counts: Uint32Array.of(0, 1, 1) };
 * const both = { height: 2, width: 1, counts: Uint32Array.of(0, 2) };
 * assertEquals(rleIou(upper, both), 0.5);
 * ```
 */
export function rleIou(a: Rle, b: Rle): number {
  const shared = rleIntersection(a, b);
  return shared === 0 ? 0 : shared / (rleArea(a) + rleArea(b) - shared);
}

/**
 * Unites masks.
 *
 * @param masks Masks of the same size, at least one.
 * @returns The pixels of all of them.
 * @throws {RangeError} If there is none, or the sizes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const upper = { height: 2, width: 1, counts: Uint32Array.of(0, 1, 1) };
 * const lower = { height: 2, width: 1, counts: Uint32Array.of(1, 1) };
 * assertEquals([...rleUnion([upper, lower]).counts], [0, 2]);
 * ```
 */
export function rleUnion(masks: readonly Rle[]): Rle {
  if (masks.length === 0) throw new RangeError("Expected at least one mask but found none");
  return masks.reduce(union);
}

function union(a: Rle, b: Rle): Rle {
  expectSameSize(a, b);
  const first = a.counts, second = b.counts, counts: number[] = [];
  let i = 0, j = 0, value = 0, began = 0, position = 0;
  let endA = first[0] ?? 0, endB = second[0] ?? 0;
  while (i < first.length && j < second.length) {
    const here = (i | j) & 1;
    const end = endA < endB ? endA : endB;
    if (here !== value && end > position) {
      counts.push(position - began);
      began = position;
      value = here;
    }
    position = end;
    if (endA === end) endA += first[++i];
    if (endB === end) endB += second[++j];
  }
  counts.push(a.height * a.width - began);
  return { height: a.height, width: a.width, counts: Uint32Array.from(counts) };
}

function expectSameSize(a: Rle, b: Rle): void {
  if (a.height === b.height && a.width === b.width) return;
  throw new RangeError(
    `Expected masks of one size but found ${a.height}×${a.width} and ${b.height}×${b.width}`,
  );
}
