/**
 * Downsampling of long curves.
 *
 * @module
 */

/** A point of a curve. */
export interface Point {
  /** Horizontal coordinate. */
  readonly x: number;
  /** Vertical coordinate. */
  readonly y: number;
}

/**
 * Averages neighbouring points, so that a curve of many steps shows its trend rather than its noise.
 *
 * @param points The points, sorted by x.
 * @param max Maximum number of points to keep.
 * @returns Means of groups of consecutive points; the points themselves if there are at most `most`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const points = [1, 3, 5, 9].map((y, x) => ({ x, y }));
 * assertEquals(thinned(points, 2), [{ x: 0.5, y: 2 }, { x: 2.5, y: 7 }]);
 * ```
 */
export function thinned(points: readonly Point[], max = 150): Point[] {
  const size = Math.ceil(points.length / max);
  if (size <= 1) return [...points];
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const some = points.slice(i * size, (i + 1) * size);
    const mean = (of: (point: Point) => number) =>
      some.reduce((sum, point) => sum + of(point), 0) / some.length;
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  });
}
