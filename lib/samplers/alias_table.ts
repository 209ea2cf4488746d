/**
 * Drawing from a discrete distribution in constant time.
 *
 * @module
 */

/**
 * Builds an alias table (Walker's alias method with the construction of Vose 1991).
 *
 * @param weights Weights of the outcomes, at least 0 and not all 0; they need not sum to 1.
 * @returns Function from a uniform number in [0, 1) to an outcome.
 * @throws {RangeError} If a weight is negative or not finite, or all are 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const draw = aliasTable([1, 0, 3]);
 * const drawn = [0, 0, 0];
 * for (let i = 0; i < 400; i++) drawn[draw(i / 400)]++;
 * assertEquals(drawn, [100, 0, 300]);
 * ```
 */
export function aliasTable(weights: readonly number[]): (uniform: number) => number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0 && sum < Infinity) || weights.some((weight) => !(weight >= 0))) {
    throw new RangeError(`Expected weights of at least 0, not all 0, but found ${weights}`);
  }
  const outcomes = weights.length;
  const probability = Float64Array.from(weights, (weight) => weight * outcomes / sum);
  const other = Uint32Array.from(weights, (_, i) => i);
  const poor: number[] = [], rich: number[] = [];
  probability.forEach((value, i) => (value < 1 ? poor : rich).push(i));
  while (poor.length > 0 && rich.length > 0) {
    const taker = poor.pop()!, giver = rich.at(-1)!;
    other[taker] = giver;
    probability[giver] -= 1 - probability[taker];
    if (probability[giver] < 1) poor.push(rich.pop()!);
  }
  // Columns left over by rounding errors alias to themselves.
  for (const i of [...poor, ...rich]) probability[i] = 1;
  return (uniform) => {
    const place = uniform * outcomes, column = Math.floor(place);
    return place - column < probability[column] ? column : other[column];
  };
}
