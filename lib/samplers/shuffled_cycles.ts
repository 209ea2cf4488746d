/**
 * Repeated cycles, each in a new random order.
 *
 * @module
 */
import { rng, shuffle } from "../core/rng.ts";

/**
 * Creates a function that cycles through the integers in [0, count), with a new random order in each cycle.
 *
 * @param count Number of integers, at least 1.
 * @param seed Seed of the orders.
 * @returns Function from a position, from 0, to the integer. Positions may come in any order; ascending order is
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
export function shuffledCycles(count: number, seed: number): (position: number) => number {
  const random = rng(seed);
  const order = new Uint32Array(count);
  let cycle = -1;
  return (position) => {
    const wantedCycle = Math.floor(position / count);
    if (wantedCycle !== cycle) {
      cycle = wantedCycle;
      for (let i = 0; i < count; i++) order[i] = i;
      shuffle(order as never, random.fork(cycle));
    }
    return order[position % count];
  };
}
