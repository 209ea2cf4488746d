/**
 * Whether something is on the disk.
 *
 * @module
 */

/**
 * Looks for a file or a folder.
 *
 * @param path Where.
 * @returns Whether there is one that can be seen.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await exists("no/such/file"), false);
 * ```
 */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
