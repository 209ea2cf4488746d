/**
 * A training with every question answered: what the options say, else what the recipe says.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { splitDigest } from "../data/digest.ts";
import { expectLabels, withClassNames } from "../data/class_names.ts";
import { classCounts, type Split } from "../data/dataset.ts";
import type { Network } from "../nn/network.ts";
import { instanceBalanced } from "../samplers/mod.ts";
import type { DataOptions, TrainOptions } from "./options.ts";
import { sgd } from "./optimizer.ts";
import { type Recipe, recipe as recipeNamed } from "./recipes/mod.ts";
import type { Precision } from "./result.ts";
import { warmupCosine } from "./schedule.ts";
import type { Stage } from "./stages/stage.ts";

/** What to train and how. */
export interface Plan {
  /** Name of the recipe, or `custom`. */
  readonly recipe: string;
  /** Training and test set. */
  readonly data: Split;
  /** What `config.json` says about how the data came about. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** One line for each image that was left out. */
  readonly leftOut?: readonly string[];
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Network to train. */
  readonly network: Network;
  /** What is trained one after another, at least one. */
  readonly stages: readonly Stage[];
  /** Number of steps, of all stages together. */
  readonly iterations: number;
  /** Images in a step. */
  readonly batch: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Seed of everything random. */
  readonly seed: number;
  /** Steps between checkpoints. */
  readonly checkpointEvery: number;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  /** Worker threads that prepare batches. */
  readonly workers?: number;
}

/**
 * Answers every question of a training.
 *
 * @param options What the caller says.
 * @returns The plan, with its data loaded.
 * @throws {UsageError} If the recipe is unknown or its parts do not go together.
 * @throws {TypeError} If there is neither a recipe nor data, network and loss.
 * @throws {RangeError} If a number is out of its range.
 * @throws {DataError} If the data cannot be read, or a class of the training set is empty.
 */
export async function makePlan(options: TrainOptions): Promise<Plan> {
  const { seed = 0, precision = "float32" } = options;
  const named = options.recipe === undefined
    ? undefined
    : recipeNamed(options.recipe, options.architecture);
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Expected seed to be an integer but found ${seed}`);
  }
  if (precision !== "float32" && precision !== "bf16") {
    throw new RangeError(`Expected precision to be float32 or bf16 but found ${precision}`);
  }
  const batch = positive("batch", options.batch ?? named?.batch ?? 128);
  const steps = positive("iterations", options.iterations ?? named?.iterations ?? 13_000);
  const checkpointEvery = positive("checkpointEvery", options.checkpointEvery ?? 1000);
  const evaluateEvery = options.evaluateEvery === undefined
    ? undefined
    : positive("evaluateEvery", options.evaluateEvery);
  const { data: found, provenance, leftOut } = await dataOf(options, named, seed);
  const data = { ...found, test: withClassNames(found.test, found.train.classNames) };
  const counts = expectFilled(data);
  const classes = counts.length;
  const network = options.network ?? need("network", named)(classes, counts);
  const stages = stagesOf(options, named, { iterations: steps, batch, counts });
  const iterations = stages.reduce((sum, stage) => sum + stage.iterations, 0);
  return {
    recipe: named?.name ?? "custom",
    data,
    provenance,
    leftOut,
    counts,
    network,
    stages,
    iterations,
    batch,
    precision,
    seed,
    checkpointEvery,
    evaluateEvery: evaluateEvery ?? Math.max(1, Math.ceil(iterations / 10)),
    workers: options.workers,
  };
}

/** The pieces of a stage that options can name. */
const PIECES = ["loss", "sampler", "augment", "schedule", "optimizer", "iterations"] as const;

/** All stages: those of the options, or of the recipe with the options' pieces in the first. */
function stagesOf(
  options: TrainOptions,
  named: Recipe | undefined,
  setting: { iterations: number; batch: number; counts: readonly number[] },
): readonly Stage[] {
  const pieces = PIECES.filter((piece) => options[piece] !== undefined);
  if (options.stages) {
    if (options.stages.length > 0 && pieces.length === 0) return options.stages;
    throw new TypeError(
      "Expected stages to be at least one, each with its own pieces, but found " +
        (pieces.length > 0 ? `${pieces.join(", ")} beside them` : "none"),
    );
  }
  const { iterations } = setting;
  const { sampler, schedule, optimizer, augment } = options;
  if (!named) {
    return [{
      name: "training",
      iterations,
      loss: options.loss ?? need("loss", named),
      sampler: sampler ?? instanceBalanced,
      augment: augment ?? [],
      schedule: schedule ?? warmupCosine({ iterations }),
      optimizer: optimizer ?? sgd({ weightDecay: 5e-4 }),
    }];
  }
  const [first, ...later] = named.stages({ ...setting, augment: augment ?? named.augment });
  if (options.loss && first.mixing) {
    throw new TypeError(
      `Expected recipe ${named.name} to keep its loss, which goes with ${first.mixing.name}, ` +
        "but found another one: give stages of your own",
    );
  }
  const own = { loss: options.loss, sampler, schedule, optimizer };
  const given = Object.entries(own).filter(([, piece]) => piece !== undefined);
  return [{ ...first, ...Object.fromEntries(given) }, ...later];
}

async function dataOf(
  { data }: TrainOptions,
  named: Recipe | undefined,
  seed: number,
): Promise<Pick<Plan, "data" | "provenance" | "leftOut">> {
  if (data && "train" in data) {
    return { data, provenance: { name: data.train.name, sha256: splitDigest(data) } };
  }
  const loaded = await need("load", named)({ ...(data as DataOptions), seed });
  const { split, provenance, leftOut } = loaded;
  return { data: split, provenance: { name: split.train.name, ...provenance }, leftOut };
}

/** Training images of each class, of which none may be empty. */
function expectFilled({ train, test }: Split): number[] {
  expectLabels(train);
  const counts = classCounts(train);
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new DataError(
      `Expected an image of every class in ${train.name} but found none of ${
        train.classNames[empty]
      }: ` +
        `add some, or leave the class out`,
    );
  }
  if (`${train.shape}` !== `${test.shape}`) {
    throw new DataError(
      `Expected ${train.name} and ${test.name} to have the same image sizes but found ` +
        `[${train.shape}] and [${test.shape}]`,
    );
  }
  if (test.labels.length === 0) {
    throw new DataError(`Expected at least one image in ${test.name} but found none`);
  }
  return counts;
}

/** A piece that only a recipe can stand in for. */
function need<Piece extends "network" | "load">(
  piece: Piece,
  named: Recipe | undefined,
): Recipe[Piece];
function need(piece: "loss", named: undefined): never;
function need(piece: "network" | "load" | "loss", named: Recipe | undefined): unknown {
  if (named && piece !== "loss") return named[piece];
  throw new TypeError(
    `Expected train() to be given a recipe, or data, network and loss, but found no ${
      piece === "load" ? "data" : piece
    }`,
  );
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`Expected ${name} to be an integer of at least 1 but found ${value}`);
}
