/**
 * Files that every user of the machine may change.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";

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

/**
 * Checks that native code in the cache can be changed by its owner only.
 *
 * @param what What it is, for the error.
 * @param paths The files, and the folders around them from the cache on.
 * @throws {EngineError} If every user of the machine may write to one of them.
 */
export async function expectOwned(what: string, paths: readonly string[]): Promise<void> {
  const open = await writableByAll(paths);
  if (open === undefined) return;
  throw new EngineError(
    `Expected ${what} in a place that only its owner can change but found that everyone can write ` +
      `to ${open}: \`chmod o-w\` it if you trust what is there, or remove ${
        paths[0]
      } and run \`deno task setup\``,
  );
}
