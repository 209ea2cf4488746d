/**
 * Rasterisation of polygons as COCO's tools do it.
 *
 * @module
 */
import type { Rle } from "./rle.ts";
import { rleUnion } from "./rle_overlap.ts";

/** Corners of a polygon in pixels, `x0, y0, x1, y1, …`; the first pixel covers 0 to 1 on both axes. */
export type Polygon = ArrayLike<number>;

/** The boundary is walked on a grid of this many points a pixel. */
const SCALE = 5;

/**
 * Fills polygons that together are one object.
 *
 * @param polygons Its parts, at least one, each of at least three corners.
 * @param height Height of the image in pixels.
 * @param width Width of the image in pixels.
 * @returns The mask of all parts; what lies outside the image is cut off.
 * @throws {RangeError} If there is no part.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeMask, rleOfPolygons } from "@nbn/toolkit/detection";
 *
 * const rectangle = [1.5, 1.5, 4.5, 1.5, 4.5, 3.5, 1.5, 3.5];
 * const mask = decodeMask(rleOfPolygons([rectangle], 6, 6));
 * assertEquals([...mask.subarray(12, 18)], [0, 0, 1, 1, 1, 0]);
 * ```
 */
export function rleOfPolygons(polygons: readonly Polygon[], height: number, width: number): Rle {
  return rleUnion(polygons.map((polygon) => fill(polygon, height, width)));
}

/**
 * Walks the boundary on the fine grid; wherever it enters another column of pixels, the filling of that column starts
 * or ends. Corners are rounded towards zero after adding ½, also where they are negative, as COCO's tools do.
 */
function fill(polygon: Polygon, height: number, width: number): Rle {
  const corners = Math.floor(polygon.length / 2);
  const fine = (at: number) => Math.trunc(SCALE * polygon[at] + 0.5);
  const crossings: number[] = [];
  let lastX = NaN, lastY = NaN;
  const visit = (x: number, y: number) => {
    if (x !== lastX && lastX === lastX) {
      const column = ((x < lastX ? x : x - 1) + 0.5) / SCALE - 0.5;
      if (column === Math.floor(column) && column >= 0 && column <= width - 1) {
        const row = ((y < lastY ? y : lastY) + 0.5) / SCALE - 0.5;
        crossings.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)));
      }
    }
    lastX = x;
    lastY = y;
  };
  for (let corner = 0; corner < corners; corner++) {
    const next = (corner + 1) % corners;
    walk(fine(2 * corner), fine(2 * corner + 1), fine(2 * next), fine(2 * next + 1), visit);
  }
  return { height, width, counts: runsBetween(crossings, height * width) };
}

/** Visits the points of the grid along an edge, both ends included, one for every step on its longer axis. */
function walk(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  visit: (x: number, y: number) => void,
): void {
  const across = Math.abs(toX - fromX), down = Math.abs(toY - fromY);
  const wide = across >= down, length = wide ? across : down;
  // Points are computed from the end with the lower coordinate, so that both directions give the same ones.
  const flipped = wide ? fromX > toX : fromY > toY;
  const [startX, startY] = flipped ? [toX, toY] : [fromX, fromY];
  const [endX, endY] = flipped ? [fromX, fromY] : [toX, toY];
  const slope = length === 0 ? 0 : (wide ? endY - startY : endX - startX) / length;
  for (let step = 0; step <= length; step++) {
    const at = flipped ? length - step : step;
    if (wide) visit(at + startX, Math.trunc(startY + slope * at + 0.5));
    else visit(Math.trunc(startX + slope * at + 0.5), at + startY);
  }
}

/** Lengths of the runs between positions at which the value changes. */
function runsBetween(changes: number[], size: number): Uint32Array {
  const sorted = Uint32Array.from(changes).sort();
  const counts: number[] = [];
  let began = 0;
  for (let i = 0; i < sorted.length; i++) {
    // Two changes at one place cancel each other.
    if (i + 1 < sorted.length && sorted[i] === sorted[i + 1]) i++;
    else {
      counts.push(sorted[i] - began);
      began = sorted[i];
    }
  }
  // An object up to the last pixel leaves no run after it.
  if (began < size || counts.length === 0) counts.push(size - began);
  return Uint32Array.from(counts);
}
