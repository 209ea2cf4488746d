/**
 * Histograms.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";

/** Options of {@linkcode histogram}. */
export interface HistogramOptions {
  /**
   * Number of bins.
   *
   * @default {20}
   */
  readonly bins?: number;
  /**
   * Lower bound of the first and upper bound of the last bin, so that several histograms can share their bins; values
   * outside are ignored.
   *
   * @default {the smallest and the largest value}
   */
  readonly range?: readonly [from: number, to: number];
}

/** A bin of a histogram. */
export interface Bin {
  /** Lower bound, inclusive. */
  readonly from: number;
  /** Upper bound, exclusive except for the last bin. */
  readonly to: number;
  /** Number of values in the bin. */
  readonly count: number;
}

/**
 * Counts values in bins of equal width (paper, Figure 6). Bins are half-open intervals [from, to), except for the last,
 * which includes its upper bound.
 *
 * @param values The values.
 * @param options Number of bins and range.
 * @returns The bins in ascending order.
 * @throws {RangeError} If there is no value, `bins` is not a positive integer, or the upper bound is below the lower
 * one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { histogram } from "@nbn/toolkit/analysis";
 *
 * assertEquals(histogram([0, 1, 1, 4], { bins: 2 }), [
 *   { from: 0, to: 2, count: 3 },
 *   { from: 2, to: 4, count: 1 },
 * ]);
 * ```
 */
export function histogram(
  values: ArrayLike<number>,
  { bins = 20, range }: HistogramOptions = {},
): Bin[] {
  expectRange("an integer of at least 1", { bins });
  if (values.length === 0) throw new RangeError("Expected at least one value but found none");
  let [from, to] = range ?? ends(values);
  if (!(to >= from)) throw new RangeError(`Expected a range from low to high but found ${range}`);
  // Equal bounds would give bins of width 0: widen the range to 1 around them.
  if (to === from) [from, to] = [from - 0.5, to + 0.5];
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value >= from && value <= to)) continue;
    counts[Math.min(bins - 1, Math.floor((value - from) / (to - from) * bins))]++;
  }
  const edge = (bin: number) => from + bin * (to - from) / bins;
  return counts.map((count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }));
}

function ends(values: ArrayLike<number>): [number, number] {
  let min = Infinity, max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
  }
  return [min, max];
}
