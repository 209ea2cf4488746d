/**
 * Grouping and naming of runs.
 *
 * @module
 */
import type { FoundRun } from "./find_runs.ts";

/** Runs that differ only in their seed. */
export interface RunGroup<Run> {
  /** Name of the group. */
  readonly name: string;
  /** The runs, in their original order. */
  readonly runs: readonly Run[];
}

/**
 * Groups runs of the same recipe and settings, and names each group by the recipe and the settings that distinguish it
 * from other runs of the recipe.
 *
 * @param runs The runs.
 * @returns The groups in the order of their first runs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const run = (recipe: string, seed: number, imbalance: string) =>
 *   ({ recipe, seed, settings: { imbalance }, counts: [] });
 * const groups = groupRuns([
 *   run("cifar10-lt/ce", 0, "imbalance 100"),
 *   run("cifar10-lt/ce", 1, "imbalance 100"),
 *   run("cifar10-lt/ce", 0, "balanced"),
 *   run("cifar10-lt/ce+nbn", 0, "imbalance 100"),
 * ]);
 * assertEquals(groups.map(({ name, runs }) => [name, runs.length]), [
 *   ["cifar10-lt/ce, imbalance 100", 2],
 *   ["cifar10-lt/ce, balanced", 1],
 *   ["cifar10-lt/ce+nbn", 1],
 * ]);
 * ```
 */
export function groupRuns<Run extends Pick<FoundRun, "recipe" | "seed" | "settings" | "counts">>(
  runs: readonly Run[],
): RunGroup<Run>[] {
  const seen = new Map<string, number>();
  const groups = Map.groupBy(runs, ({ recipe, seed, settings, counts }) => {
    const kind = JSON.stringify([recipe, settings, counts]);
    // Runs repeated with the same seed go to separate groups, as they are not independent samples.
    const times = seen.get(`${kind} ${seed}`) ?? 0;
    seen.set(`${kind} ${seed}`, times + 1);
    return `${kind} ${times}`;
  });
  const named = [...groups.values()].map((own) => {
    const { recipe, settings } = own[0];
    const others = runs.filter((run) => run.recipe === recipe);
    const distinguishing = Object.keys(settings).filter((setting) =>
      others.some((other) => other.settings[setting] !== settings[setting])
    );
    const words = distinguishing.map((setting) => settings[setting]).filter((word) => word !== "");
    return { name: [recipe, ...words].join(", "), runs: own };
  });
  return named.map((group, index) => {
    // Number groups of the same name: trained on other images, or repeated.
    const before = named.slice(0, index).filter(({ name }) => name === group.name).length;
    return before === 0 ? group : { ...group, name: `${group.name} (${before + 1})` };
  });
}
