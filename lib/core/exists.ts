/**
 * Testing whether a path exists.
 *
 * @module
 */

/**
 * Tests whether a file or folder exists.
 *
 * @param path Path of the file or folder.
 * @returns Whether it exists and is accessible.
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
