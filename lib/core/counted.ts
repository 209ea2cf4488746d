/**
 * Numbers of things in text.
 *
 * @module
 */

/**
 * Formats a number of things.
 *
 * @param count The number.
 * @param one Singular of the thing.
 * @param several Its plural.
 * @returns For instance `1 core`, `2 cores`, `10,000 images`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([counted(1, "core"), counted(0, "process", "processes")], ["1 core", "0 processes"]);
 * assertEquals(counted(10_000, "image"), "10,000 images");
 * ```
 */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}
