/**
 * Training several recipes over several seeds.
 *
 * @module
 */
import { csv } from "../deps/csv.ts";
import type { TrainOptions } from "./options.ts";
import type { TrainResult } from "./result.ts";
import { type Spread, spread } from "./spread.ts";
import { train } from "./train.ts";
import { writeWhole } from "./write_whole.ts";

/** Options of {@linkcode sweep}: those of a training, for several. */
export interface SweepOptions extends Omit<TrainOptions, "recipe" | "seed" | "out"> {
  /** Names of the recipes. */
  readonly recipes: readonly string[];
  /** Seeds. */
  readonly seeds: readonly number[];
  /** Folder of the runs, one folder for each recipe and seed, and of `sweep.csv`. */
  readonly out: string;
}

/** A recipe over all seeds. */
export interface SweepRow {
  /** Name of the recipe. */
  readonly recipe: string;
  /** Number of seeds. */
  readonly seeds: number;
  /** Accuracy in percent; `null` for a group without classes. */
  readonly all: Spread | null;
  /** The same for Head. */
  readonly head: Spread | null;
  /** The same for Medium. */
  readonly medium: Spread | null;
  /** The same for Tail. */
  readonly tail: Spread | null;
}

/** What a sweep returns. */
export interface Sweep {
  /** One row for each recipe. */
  readonly rows: readonly SweepRow[];
  /** One result for each recipe and seed. */
  readonly results: readonly TrainResult[];
}

/**
 * Trains every recipe with every seed, one after another, and writes `sweep.csv`, a line for each training,
 * after each of them.
 *
 * @param options Recipes, seeds, folder, and what they have in common.
 * @returns Mean and deviation of each recipe; fewer seeds than asked for if it was stopped.
 * @throws {UsageError} If a recipe is unknown, or a run's folder holds another run.
 * @throws {DataError} If the data cannot be read.
 * @throws {CheckpointError} If the folder cannot be written to.
 * @throws {DivergedError} If a loss becomes NaN or infinite.
 */
export async function sweep({ recipes, seeds, out, ...options }: SweepOptions): Promise<Sweep> {
  const results: TrainResult[] = [];
  await Deno.mkdir(out, { recursive: true });
  for (const seed of seeds) {
    for (const recipe of recipes) {
      if (options.signal?.aborted) break;
      const folder = `${out}/${recipe.replaceAll("/", "-")}-seed${seed}`;
      const result = await train({ ...options, recipe, seed, out: folder });
      if (options.signal?.aborted) break;
      results.push(result);
      await writeWhole(`${out}/sweep.csv`, await table(results));
    }
  }
  const rows = recipes.map((recipe) => {
    const own = results.filter((result) => result.recipe === recipe);
    const over = (group: "all" | "head" | "medium" | "tail") =>
      spread(own.map((result) => result[group]));
    return {
      recipe,
      seeds: own.length,
      all: over("all"),
      head: over("head"),
      medium: over("medium"),
      tail: over("tail"),
    };
  });
  return { rows, results };
}

const COLUMNS = [
  "recipe",
  "seed",
  "iterations",
  "precision",
  "backend",
  "loss",
  "all",
  "head",
  "medium",
  "tail",
  "stepMs",
] as const;

async function table(results: readonly TrainResult[]): Promise<string> {
  const { stringify } = await csv();
  return stringify(results.map((result) => ({ ...result })), { columns: [...COLUMNS] });
}
