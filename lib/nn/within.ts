/**
 * The mode of a part.
 *
 * @module
 */
import type { Mode } from "./module.ts";

/**
 * The mode in which a composition applies one of its parts: the composition's own, or evaluation where
 * {@linkcode Mode.trains} leaves the part out. A composition of one's own has to ask for it too.
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
 * assertEquals(within(mode, "head"), { training: true, trains: undefined });
 * assertEquals(within(mode, "stage1"), { training: false, trains: undefined });
 * ```
 */
export function within(mode: Mode, name: string): Mode {
  const { training, trains } = mode;
  if (!training || !trains) return mode;
  if (trains.includes(name)) return { ...mode, trains: undefined };
  const inner = trains.filter((path) => path.startsWith(`${name}/`))
    .map((path) => path.slice(name.length + 1));
  return inner.length > 0
    ? { ...mode, trains: inner }
    : { ...mode, training: false, trains: undefined };
}
