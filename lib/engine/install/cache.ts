/**
 * The folder where installed libraries are kept.
 *
 * @module
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The project's cache folder by the XDG rules: `$XDG_CACHE_HOME/nbn`, else `~/.cache/nbn`.
 *
 * It need not exist.
 *
 * @param environment Environment variables, by default those of the process.
 * @returns Its path.
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
  // The XDG rules tell to ignore a path that is not absolute.
  if (cache && isAbsolute(cache)) return join(cache, "nbn");
  return join(home || homedir(), ".cache", "nbn");
}
