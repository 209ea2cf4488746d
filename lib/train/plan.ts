/**
 * A training with every question answered: what the options say, else what the recipe says.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { GROUP_BORDERS, type GroupBorders } from "../data/groups.ts";
import type { Network } from "../nn/network.ts";
import { loadData, type TrainingData } from "./load_data.ts";
import type { TrainOptions } from "./options.ts";
import { planStages } from "./plan_stages.ts";
import { type Recipe, recipe as recipeNamed } from "./recipes/mod.ts";
import type { Precision } from "./result.ts";
import { toldOptions } from "./settings/options.ts";
import { expectInRange } from "./settings/read.ts";
import type { Stage } from "./stages/stage.ts";

/** What to train and how. */
export interface Plan extends TrainingData {
  /** Name of the recipe, or `custom`. */
  readonly recipe: string;
  /** Network to train. */
  readonly network: Network;
  /** What is trained one after another, at least one. */
  readonly stages: readonly Stage[];
  /** Number of steps, of all stages together. */
  readonly iterations: number;
  /** Images that are computed at once. */
  readonly batch: number;
  /** Batches in a step. */
  readonly accumulate: number;
  /** Largest norm of a gradient; none if left out. */
  readonly clipNorm?: number;
  /** Share of each target of the recipe's loss that is spread over all classes. */
  readonly smoothing: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Seed of everything random. */
  readonly seed: number;
  /** Borders of Tail, Medium and Head. */
  readonly groups: GroupBorders;
  /** Steps between checkpoints. */
  readonly checkpointEvery: number;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  /** Evaluations without a better one after which a stage ends; never if left out. */
  readonly earlyStop?: number;
  /** Whether the network of the best evaluation is kept. */
  readonly keepBest: boolean;
  /** Worker threads that prepare batches. */
  readonly workers?: number;
}

/** What the plans of a training have in common, however long it is. */
export interface Preparation extends TrainingData {
  /** The recipe, if there is one. */
  readonly named?: Recipe;
}

/**
 * Answers every question of a training.
 *
 * @param options What the caller says.
 * @returns The plan, with its data loaded.
 * @throws {UsageError} If the recipe is unknown, or its parts or settings do not go together.
 * @throws {TypeError} If there is neither a recipe nor data, network and loss.
 * @throws {RangeError} If a number is out of its range.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function makePlan(options: TrainOptions): Promise<Plan> {
  return planOf(options, await prepare(options));
}

/**
 * Finds the recipe and loads the data.
 *
 * @param options What the caller says.
 * @returns Both.
 * @throws {UsageError} If the recipe is unknown, or its parts do not go together.
 * @throws {TypeError} If there is neither a recipe nor data.
 * @throws {RangeError} If a number is out of its range.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function prepare(options: TrainOptions): Promise<Preparation> {
  const { recipe, architecture, width, seed = 0 } = options;
  expectInRange(toldOptions(options).settings);
  if (recipe === undefined || options.network) expectNoNetworkSettings(options);
  const named = recipe === undefined ? undefined : recipeNamed(recipe, architecture, { width });
  return { named, ...await loadData(options, named, seed) };
}

/**
 * Answers the questions of a training whose recipe and data are there.
 *
 * @param options What the caller says.
 * @param preparation From {@linkcode prepare}.
 * @returns The plan.
 * @throws {UsageError} If settings do not go together.
 * @throws {TypeError} If there is neither a recipe nor a network and a loss.
 */
export function planOf(options: TrainOptions, { named, ...data }: Preparation): Plan {
  const { seed = 0, precision = "float32", groups = GROUP_BORDERS, labelSmoothing = 0 } = options;
  const { earlyStop, clipNorm, keepBest = false } = options;
  const { counts } = data;
  const batch = options.batch ?? named?.batch ?? 128;
  const accumulate = options.accumulate ?? 1;
  const network = options.network ?? named?.network(counts.length, counts);
  if (!network) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no network",
    );
  }
  const stages = planStages(options, named, {
    images: data.data.train.labels.length,
    side: data.data.train.shape[0],
    batch: batch * accumulate,
    counts,
  });
  const iterations = stages.reduce((sum, stage) => sum + stage.iterations, 0);
  const evaluateEvery = options.evaluateEvery ?? Math.max(1, Math.ceil(iterations / 10));
  if (earlyStop !== undefined) expectReachable(earlyStop, evaluateEvery, stages);
  if (keepBest && options.out === undefined) {
    throw new UsageError("Expected --out, a run folder, with --keep-best but found none");
  }
  return {
    recipe: named?.name ?? "custom",
    ...data,
    network,
    stages,
    iterations,
    batch,
    accumulate,
    clipNorm,
    smoothing: labelSmoothing,
    precision,
    seed,
    groups,
    checkpointEvery: options.checkpointEvery ?? 1000,
    evaluateEvery,
    earlyStop,
    keepBest,
    workers: options.workers,
  };
}

/** Refuses what only the network of a recipe can be told. */
function expectNoNetworkSettings(options: TrainOptions): void {
  const flags = { architecture: "network", width: "width" } as const;
  for (const [option, flag] of Object.entries(flags) as [keyof typeof flags, string][]) {
    if (options[option] === undefined) continue;
    throw new UsageError(
      `Expected no --${flag} ${
        options.network ? "beside a network of one's own" : "without a recipe"
      } but found ${options[option]}: it is for the network of a recipe`,
    );
  }
}

/** Refuses to wait for more evaluations than there are. */
function expectReachable(earlyStop: number, every: number, stages: readonly Stage[]): void {
  const longest = Math.max(...stages.map(({ iterations }) => iterations));
  const evaluations = Math.floor((longest - 1) / every);
  if (evaluations > earlyStop) return;
  throw new UsageError(
    `Expected --early-stop to be less than the ${evaluations} evaluations before the end of the ` +
      `longest stage but found ${earlyStop}: lower it, or --evaluate-every ${every}`,
  );
}
