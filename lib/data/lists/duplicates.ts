/**
 * Finds images that are listed more than once.
 *
 * @module
 */
import type { PathTable } from "../paths.ts";

/**
 * Finds duplicate paths in a table with a hash table of indices, without decoding paths to strings.
 *
 * @param table The paths.
 * @returns Pairs of indices: the first occurrence of a path and a later one, ordered by the later one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pathTable } from "../paths.ts";
 *
 * assertEquals(duplicates(pathTable(["a.jpg", "b.jpg", "a.jpg"])), [[0, 2]]);
 * ```
 */
export function duplicates({ bytes, starts, ends }: PathTable): [first: number, later: number][] {
  const found: [number, number][] = [];
  const bits = Math.ceil(Math.log2(2 * starts.length + 2)), mask = 2 ** bits - 1;
  // Indices are counted from 1, so that 0 is an empty slot.
  const slots = new Int32Array(mask + 1);
  for (let i = 0; i < starts.length; i++) {
    let slot = hash(bytes, starts[i], ends[i]) & mask;
    while (slots[slot] !== 0 && !same(slots[slot] - 1, i)) slot = slot + 1 & mask;
    if (slots[slot] === 0) slots[slot] = i + 1;
    else found.push([slots[slot] - 1, i]);
  }
  return found;

  function same(a: number, b: number): boolean {
    const length = ends[a] - starts[a];
    if (ends[b] - starts[b] !== length) return false;
    // Paths differ at their ends rather than in their folders.
    for (let k = 1; k <= length; k++) if (bytes[ends[a] - k] !== bytes[ends[b] - k]) return false;
    return true;
  }
}

/** FNV-1a, with the high bits mixed into the low ones, because only the lowest bits are used. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
  return value ^ (value >>> 15);
}
