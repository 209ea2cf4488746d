/**
 * Images that a list names twice.
 *
 * @module
 */
import type { PathTable } from "../paths.ts";

/**
 * Finds paths that stand in a table more than once, by a hash table of places: no path becomes a string.
 *
 * @param table The paths.
 * @returns Pairs of indices: the first place of such a path and a later one, in the order of the later ones.
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
  // Indices counted from 1, so that 0 stands for an empty slot.
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

/** FNV-1a with its bits mixed once more, for only the lowest are used. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
  return value ^ (value >>> 15);
}
