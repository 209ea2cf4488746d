/**
 * Names that tell runs apart.
 *
 * @module
 */
import type { FoundRun } from "./find_runs.ts";

/** Runs that differ in nothing but their seed. */
export interface RunGroup<Run> {
  /** Their name. */
  readonly name: string;
  /** The runs, in their order. */
  readonly runs: readonly Run[];
}

/**
 * Puts runs of the same recipe and settings together and names them: by the recipe, with those settings in which
 * runs of the recipe differ.
 *
 * @param runs The runs.
 * @returns The groups, in the order of their first runs.
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
    // A seed that was trained twice is not two seeds.
    const times = seen.get(`${kind} ${seed}`) ?? 0;
    seen.set(`${kind} ${seed}`, times + 1);
    return `${kind} ${times}`;
  });
  const named = [...groups.values()].map((own) => {
    const { recipe, settings } = own[0];
    const others = runs.filter((run) => run.recipe === recipe);
    const telling = Object.keys(settings).filter((setting) =>
      others.some((other) => other.settings[setting] !== settings[setting])
    );
    const words = telling.map((setting) => settings[setting]).filter((word) => word !== "");
    return { name: [recipe, ...words].join(", "), runs: own };
  });
  return named.map((group, place) => {
    // The same in all words, but trained on other images, or twice.
    const before = named.slice(0, place).filter(({ name }) => name === group.name).length;
    return before === 0 ? group : { ...group, name: `${group.name} (${before + 1})` };
  });
}
