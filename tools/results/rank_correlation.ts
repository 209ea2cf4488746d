/**
 * Spearman's rank correlation.
 *
 * @module
 */

/**
 * Computes Spearman's rank correlation; equal values share their mean rank.
 *
 * @param points Pairs of values, at least two, that are not all equal in either.
 * @returns From −1 to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(rankCorrelation([[1, 10], [2, 100], [3, 101]]), 1);
 * assertAlmostEquals(rankCorrelation([[1, 3], [2, 1], [2, 2]]), -Math.sqrt(3) / 2);
 * ```
 */
export function rankCorrelation(points: readonly (readonly [number, number])[]): number {
  return correlation(ranks(points.map(([a]) => a)), ranks(points.map(([, b]) => b)));
}

/** Returns ranks from 1; equal values have their mean rank. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Computes Pearson's correlation. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, place) => sum + (value - mx) * (y[place] - my), 0);
  return product(a, meanA, b, meanB) /
    Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}
