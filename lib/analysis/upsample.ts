/**
 * Bilinear resizing of maps.
 *
 * @module
 */
import { elementsOf, expectMatrix } from "../core/shape.ts";

/** One value for each position of an image. */
export interface PositionMap {
  /** Number of rows. */
  readonly height: number;
  /** Number of columns. */
  readonly width: number;
  /** Shape `[height, width]`, row-major. */
  readonly values: Float32Array;
}

/**
 * Resizes a map by bilinear interpolation between cell centres, with constant extrapolation at the edges (PyTorch's
 * `interpolate` with `align_corners=False`).
 *
 * @param map The map.
 * @param height New number of rows.
 * @param width New number of columns.
 * @returns The resized map.
 * @throws {RangeError} If the map has not as many values as rows and columns, or a new size is no integer from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { upsample } from "@nbn/toolkit/analysis";
 *
 * const { values } = upsample({ height: 1, width: 2, values: Float32Array.of(0, 4) }, 1, 4);
 * assertEquals([...values], [0, 1, 3, 4]);
 * ```
 */
export function upsample(map: PositionMap, height: number, width: number): PositionMap {
  expectMatrix(map.values, map.height, map.width, "a map");
  elementsOf([height, width]);
  const rows = neighbours(map.height, height), columns = neighbours(map.width, width);
  const values = new Float32Array(height * width);
  for (const [y, { low: top, high: bottom, fraction: down }] of rows.entries()) {
    for (const [x, { low: left, high: right, fraction: across }] of columns.entries()) {
      const at = (row: number) =>
        (1 - across) * map.values[row * map.width + left] +
        across * map.values[row * map.width + right];
      values[y * width + x] = (1 - down) * at(top) + down * at(bottom);
    }
  }
  return { height, width, values };
}

/** Returns, for each target position, its two source neighbours and the weight of the second. */
function neighbours(from: number, to: number): { low: number; high: number; fraction: number }[] {
  return Array.from({ length: to }, (_, i) => {
    const position = Math.max(0, (i + 0.5) * from / to - 0.5);
    const low = Math.min(from - 1, Math.floor(position));
    return { low, high: Math.min(from - 1, low + 1), fraction: position - low };
  });
}
