/**
 * The cache folder of installed libraries.
 *
 * @module
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Returns the project's cache folder by the XDG specification: `$XDG_CACHE_HOME/nbn`, else `~/.cache/nbn`. It may not
 * exist yet.
 *
 * @param environment Environment variables, by default those of the process.
 * @returns Path of the folder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cacheFolder({ XDG_CACHE_HOME: "/var/cache" }), "/var/cache/nbn");
 * ```
 */
export function cacheFolder(environment: Record<string, string> = Deno.env.toObject()): string {
  const { XDG_CACHE_HOME: cache, HOME: home } = environment;
  // The XDG specification requires relative paths to be ignored.
  if (cache && isAbsolute(cache)) return join(cache, "nbn");
  return join(home || homedir(), ".cache", "nbn");
}
