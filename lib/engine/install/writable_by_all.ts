/**
 * Files that every user of the machine may change.
 *
 * @module
 */

/** The permission of others to write, in a file's mode. */
const OTHERS_WRITE = 0o002;

/**
 * Finds a file or folder that every user may write to: code in it would run with the rights of whoever loads it.
 *
 * @param paths Paths to check; ones that do not exist are skipped.
 * @returns The first such path, or `undefined` if there is none, or the system has no such modes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * assertEquals(await writableByAll([folder]), undefined);
 * await Deno.remove(folder);
 * ```
 */
export async function writableByAll(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const { mode } = await Deno.stat(path).catch(() => ({ mode: null }));
    if (mode !== null && mode & OTHERS_WRITE) return path;
  }
}
