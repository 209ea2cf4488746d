/**
 * The mode of a part of a composition.
 *
 * @module
 */
import type { Mode } from "./module.ts";

/**
 * Returns the mode in which a composition applies one of its parts: the composition's mode, or evaluation if
 * {@linkcode Mode.trains} excludes the part or {@linkcode Mode.frozen} includes it. Custom compositions have to call
 * it too.
 *
 * @param mode Mode of the composition.
 * @param name Name of the part.
 * @returns Mode of the part.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const mode = { training: true, trains: ["head"] };
 * assertEquals(within(mode, "head").training, true);
 * assertEquals(within(mode, "stage1").training, false);
 * ```
 */
export function within(mode: Mode, name: string): Mode {
  const { training, trains, frozen } = mode;
  if (!training || (!trains && !frozen)) return mode;
  const still = { ...mode, training: false, trains: undefined, frozen: undefined };
  if (frozen?.includes(name)) return still;
  const rest = { ...mode, frozen: frozen && inside(frozen, name) };
  if (!trains) return rest;
  if (trains.includes(name)) return { ...rest, trains: undefined };
  const inner = inside(trains, name);
  return inner.length > 0 ? { ...rest, trains: inner } : still;
}

/** Paths inside a part, relative to it. */
function inside(paths: readonly string[], name: string): string[] {
  return paths.filter((path) => path.startsWith(`${name}/`))
    .map((path) => path.slice(name.length + 1));
}
