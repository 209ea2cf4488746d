/**
 * Names of run folders.
 *
 * @module
 */

/**
 * Returns the run folder of a recipe: `out`, or a folder within it for each recipe if there are several; without `out`
 * `runs/<time>-<recipe>`.
 *
 * @param recipe Name of the recipe.
 * @param out Value of `--out`, if given.
 * @param several Whether several recipes are trained.
 * @param time Start time of the command.
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
  return `runs/${dated(time)}-${name}`;
}

/**
 * Returns the value of `--out` by which all processes of a command write into the same folders.
 *
 * @param recipes Names of the recipes.
 * @param out Value of `--out`, if given.
 * @param time Start time of the command.
 * @returns The value as given; by default `runs/<time>-<recipe>`, with several recipes `runs/<time>`.
 */
export function commonOut(
  recipes: readonly string[],
  out: string | undefined,
  time: Date,
): string {
  if (out !== undefined) return out;
  return recipes.length > 1 ? `runs/${dated(time)}` : runFolder(recipes[0], out, false, time);
}

function dated(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(":", "-");
}
