/**
 * Results of a recipe by seed.
 *
 * @module
 */

/**
 * Selects a number of each run of a recipe, for {@linkcode pairedDifference}.
 *
 * @param runs Runs of any recipes.
 * @param recipe Name of the recipe.
 * @param of A number of a run; `null` or `undefined` if it has none.
 * @returns The numbers by seed, without the runs that have none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const runs = [{ recipe: "ce", seed: 0, tail: 4 }, { recipe: "ce", seed: 1, tail: null }];
 * assertEquals([...bySeed(runs, "ce", ({ tail }) => tail)], [[0, 4]]);
 * ```
 */
export function bySeed<Run extends { readonly recipe: string; readonly seed: number }>(
  runs: readonly Run[],
  recipe: string,
  of: (run: Run) => number | null | undefined,
): Map<number, number> {
  return new Map(runs.flatMap((run) => {
    const value = run.recipe === recipe ? of(run) : undefined;
    return value === undefined || value === null ? [] : [[run.seed, value] as const];
  }));
}
