/**
 * Division of items among workers.
 *
 * @module
 */

/** Consecutive items: a half-open interval. */
export interface Part {
  /** Index of its first item. */
  readonly first: number;
  /** Number of its items. */
  readonly count: number;
}

/**
 * Divides items into consecutive parts whose sizes differ by at most one, larger ones first.
 *
 * @param items Number of items, at least 0.
 * @param parts Number of parts, at least 1.
 * @returns The parts in order; together they are all items.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(partsOf(5, 2), [{ first: 0, count: 3 }, { first: 3, count: 2 }]);
 * ```
 */
export function partsOf(items: number, parts: number): Part[] {
  const least = Math.floor(items / parts), larger = items % parts;
  return Array.from({ length: parts }, (_, part) => ({
    first: part * least + Math.min(part, larger),
    count: least + (part < larger ? 1 : 0),
  }));
}
