/**
 * Going round and round in ever new orders.
 *
 * @module
 */
import { rng, shuffle } from "../core/rng.ts";

/**
 * Makes a function that goes through the numbers below `count` in a random order, then in another, and so on.
 *
 * @param count How many numbers, at least 1.
 * @param seed Seed of the orders.
 * @returns The number at a place, from 0. Places may be asked for in any order; asking in ascending order is
 * fast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const at = shuffledCycles(3, 0);
 * assertEquals([at(3), at(4), at(5)].sort(), [0, 1, 2]);
 * ```
 */
export function shuffledCycles(count: number, seed: number): (place: number) => number {
  const random = rng(seed);
  const order = new Uint32Array(count);
  let cycle = -1;
  return (place) => {
    const wanted = Math.floor(place / count);
    if (wanted !== cycle) {
      cycle = wanted;
      for (let i = 0; i < count; i++) order[i] = i;
      shuffle(order as never, random.fork(cycle));
    }
    return order[place % count];
  };
}
