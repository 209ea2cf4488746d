/**
 * The mode of a part.
 *
 * @module
 */
import type { Mode } from "./module.ts";

/**
 * The mode in which a composition applies one of its parts: the composition's own, or evaluation where
 * {@linkcode Mode.trains} leaves the part out or {@linkcode Mode.frozen} names it. A composition of one's own has to ask for it too.
 *
 * @param mode Of the composition.
 * @param name Name of the part.
 * @returns Of the part.
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

/** Paths within a part, as seen from there. */
function inside(paths: readonly string[], name: string): string[] {
  return paths.filter((path) => path.startsWith(`${name}/`))
    .map((path) => path.slice(name.length + 1));
}
