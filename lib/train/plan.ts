/**
 * Resolved configuration of a training: options, with defaults from the recipe.
 *
 * @module
 */
import { stepsBefore } from "../loop/stages/span.ts";
import { UsageError } from "../core/errors.ts";
import { GROUP_THRESHOLDS } from "../data/groups.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { deviceCount } from "../engine/device_count.ts";
import { type Engine, engine } from "../engine/engine.ts";
import { resolvePrecision } from "../engine/precision.ts";
import type { Plan } from "../loop/plan.ts";
import { loadData, type TrainingData } from "./load_data.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { planStages } from "./plan_stages.ts";
import { expectRegistry } from "../runs/expect_registry.ts";
import { type Config, readConfig } from "../runs/run_folder.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { recipe as recipeNamed } from "../recipes/recipe_named.ts";
import { optionsToSettings } from "../settings/options_to_settings.ts";
import { expectInRange } from "../settings/read.ts";
import { frozenStages } from "./freeze_stages.ts";
import type { Stage } from "../loop/stages/stage.ts";

/** Resolved configuration of a training: what the loop runs, and what config.json and summary.json record besides. */
export interface ResolvedPlan extends Plan, TrainingData {
  /** The engine. */
  readonly engine: Engine;
  /** Reason why the precision differs from the requested one, if it does. */
  readonly precisionReason?: string;
  /** File or run folder of pretrained weights; random initialisation if missing. */
  readonly weights?: string;
  /** Descriptions of the recipe's parts that are a script's, by name. */
  readonly registered?: Recipe["registered"];
  /** Label smoothing of the recipe's loss. */
  readonly smoothing: number;
}

/** What a training needs and does not depend on its length: engine, recipe, data, the run to resume. */
export interface Preparation extends TrainingData {
  /** The engine. */
  readonly engine: Engine;
  /** The recipe, if there is one. */
  readonly named?: Recipe;
  /** The processes that train together, if there are several. */
  readonly cluster?: Cluster;
  /** Content of the `config.json` of the run to resume, if there is one. */
  readonly earlier?: Config;
}

/**
 * Resolves the configuration of a training and loads its data.
 *
 * @param options Options of the training.
 * @returns The plan, with its data loaded.
 * @throws {UsageError} If the recipe is unknown, or its parts or the settings are incompatible.
 * @throws {TypeError} If neither a recipe nor data, network and loss are given.
 * @throws {RangeError} If a number is out of range.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function makePlan(options: TrainOptions): Promise<ResolvedPlan> {
  return planOf(options, await prepare(options));
}

/**
 * Starts the engine, looks up the recipe and loads the data.
 *
 * @param options Options of the training.
 * @param cluster The processes that train together, if there are several.
 * @returns The engine, the recipe, if any, and the data.
 * @throws {UsageError} If the recipe is unknown, or its parts are incompatible.
 * @throws {TypeError} If neither a recipe nor data is given.
 * @throws {RangeError} If a number is out of range.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function prepare(options: TrainOptions, cluster?: Cluster): Promise<Preparation> {
  const { recipe, architecture: network, width, registry, seed = 0, out, resume } = options;
  const earlier = resume && out !== undefined ? await readConfig(`${out}/config.json`) : undefined;
  if (out !== undefined) expectRegistry(out, earlier, registry);
  expectInRange(optionsToSettings(options).settings);
  if (recipe === undefined || options.network) expectNoNetworkSettings(options);
  const named = recipe === undefined
    ? undefined
    : recipeNamed(recipe, { network, width, registry });
  return {
    engine: await engine(),
    cluster,
    named,
    earlier,
    ...await loadData(options, named, seed),
  };
}

/**
 * Resolves the configuration of a training whose recipe and data are already loaded.
 *
 * @param options Options of the training.
 * @param preparation From {@linkcode prepare}.
 * @returns The plan.
 * @throws {UsageError} If settings are incompatible.
 * @throws {TypeError} If neither a recipe nor a network and a loss are given.
 */
export function planOf(
  options: TrainOptions,
  { engine, named, cluster, earlier: _, ...data }: Preparation,
): ResolvedPlan {
  const { seed = 0, precision = "float32", groups = GROUP_THRESHOLDS, labelSmoothing = 0 } =
    options;
  const { earlyStop, clipNorm, keepBest = false, syncBatchNorm = false } = options;
  const { counts } = data;
  const batch = options.batch ?? named?.batch ?? 128;
  const accumulate = options.accumulate ?? 1;
  if (cluster && batch < cluster.size) {
    throw new UsageError(
      `Expected --batch to be at least ${cluster.size}, an image for each process, but found ${batch}`,
    );
  }
  const devices = deviceCount();
  if (batch % devices > 0) {
    throw new UsageError(
      `Expected --batch to be a multiple of ${devices}, the number of devices, but found ${batch}`,
    );
  }
  const network = options.network ?? named?.network(counts.length, counts);
  if (!network) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no network",
    );
  }
  const planned = planStages(options, named, {
    images: data.data.train.labels.length,
    side: data.data.train.shape[0],
    batch: batch * accumulate,
    counts,
  });
  const stages = options.freeze?.length
    ? frozenStages({ network, stages: planned }, options.freeze, data.data.train.shape)
    : planned;
  const iterations = stepsBefore(stages, stages.length);
  const evaluateEvery = options.evaluateEvery ?? Math.max(1, Math.ceil(iterations / 10));
  if (earlyStop !== undefined) expectReachable(earlyStop, evaluateEvery, stages);
  if (keepBest && options.out === undefined) {
    throw new UsageError("Expected --out, a run folder, with --keep-best but found none");
  }
  return {
    recipe: named?.name ?? "custom",
    registered: named?.registered,
    ...data,
    network,
    weights: options.weights,
    stages,
    iterations,
    batch,
    accumulate,
    clipNorm,
    smoothing: labelSmoothing,
    ...resolvePrecision(precision, engine, options.forcePrecision),
    engine,
    seed,
    groups,
    checkpointEvery: options.checkpointEvery ?? 1000,
    evaluateEvery,
    earlyStop,
    keepBest,
    workers: options.workers,
    cluster,
    syncBatchNorm,
  };
}

/** Throws on settings that apply only to the network of a recipe. */
function expectNoNetworkSettings(options: TrainOptions): void {
  const flags = { architecture: "network", width: "width" } as const;
  for (const [option, flag] of Object.entries(flags) as [keyof typeof flags, string][]) {
    if (options[option] === undefined) continue;
    throw new UsageError(
      `Expected no --${flag} ${
        options.network ? "with a custom network" : "without a recipe"
      } but found ${options[option]}: it is for the network of a recipe`,
    );
  }
}

/** Throws if early stopping could never take effect. */
function expectReachable(earlyStop: number, every: number, stages: readonly Stage[]): void {
  const longest = Math.max(...stages.map(({ iterations }) => iterations));
  const evaluations = Math.floor((longest - 1) / every);
  if (evaluations > earlyStop) return;
  throw new UsageError(
    `Expected --early-stop to be less than the ${evaluations} evaluations before the end of the ` +
      `longest stage but found ${earlyStop}: lower it, or --evaluate-every ${every}`,
  );
}
