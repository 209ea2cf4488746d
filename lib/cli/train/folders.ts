/**
 * Where runs are written.
 *
 * @module
 */

/**
 * The run folder of a recipe: the folder asked for, within it one for each recipe where there are several,
 * or `runs/<time>-<recipe>`.
 *
 * @param recipe Name of the recipe.
 * @param out What the user asked for.
 * @param several Whether other recipes are trained too.
 * @param time When the command began.
 * @returns Path of the folder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(runFolder("builtin/ce", "mine", true, new Date()), "mine/builtin-ce");
 * ```
 */
export function runFolder(
  recipe: string,
  out: string | undefined,
  several: boolean,
  time: Date,
): string {
  const name = recipe.replaceAll("/", "-");
  if (out !== undefined) return several ? `${out.replace(/\/+$/, "")}/${name}` : out;
  return `runs/${time.toISOString().slice(0, 19).replaceAll(":", "-")}-${name}`;
}
