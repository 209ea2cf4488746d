/**
 * Resolved configuration of a detector's training.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { type Engine, engine } from "../../engine/engine.ts";
import { type Precision, resolvePrecision } from "../../engine/precision.ts";
import { sgd } from "../../optim/sgd.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import type { Schedule } from "../../optim/schedule.ts";
import { stepDecay } from "../../optim/step_decay.ts";
import { withWarmup } from "../../optim/warmup.ts";
import type { Config } from "../../runs/run_folder.ts";
import { versions } from "../../runs/versions.ts";
import { imageShares } from "../data/image_shares.ts";
import { type LearnableImages, learnableImages } from "../data/learnable.ts";
import type { LoadedDetectionSets } from "../recipes/data_sets/detection_data_set.ts";
import {
  type BuiltDetector,
  type DetectionRecipe,
  detectionRecipe,
} from "../recipes/detection_recipe.ts";
import { detectorSettings, type DetectorTrainOptions } from "./detector_options.ts";

/** Weight decay of all parameters, and upper bound of the share of the warm-up. */
const WEIGHT_DECAY = 1e-4, MOST_WARMUP = 0.1;
/** Shares of the training after which the learning rate is a tenth: 16 and 22 of 24 epochs. */
const DECAYS = [2 / 3, 11 / 12];

/** Resolved configuration of a detector's training. */
export interface DetectorPlan extends LoadedDetectionSets, BuiltDetector {
  /** The recipe. */
  readonly recipe: DetectionRecipe;
  /** The engine. */
  readonly engine: Engine;
  /** What is learnt from. */
  readonly learnt: LearnableImages;
  /** Number of steps. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Learning rate of each step. */
  readonly schedule: Schedule;
  /** Optimizer. */
  readonly optimizer: Optimizer;
  /** Upper bound of the gradient norm; no clipping if missing. */
  readonly clipNorm?: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** Reason why the precision differs from the requested one, if it does. */
  readonly precisionReason?: string;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** File or run folder of the backbone's weights; random initialisation if missing. */
  readonly weights?: string;
  /** Steps between evaluations. */
  readonly evaluateEvery: number;
  /** Steps between checkpoints. */
  readonly checkpointEvery: number;
}

/**
 * Resolves the configuration of a detector's training and loads its annotations.
 *
 * @param options Options of the training.
 * @returns The plan.
 * @throws {UsageError} If the recipe is unknown, or a setting does not apply.
 * @throws {RangeError} If a number is out of range.
 * @throws {DataError} If the annotations cannot be read, or there is nothing to learn from.
 */
export async function detectorPlan(options: DetectorTrainOptions): Promise<DetectorPlan> {
  detectorSettings(options);
  const { seed = 0, weights, data = {}, precision = "float32" } = options;
  const recipe = detectionRecipe(options.recipe), { dataSet } = recipe;
  if (dataSet.folder === undefined && Object.values(data).some((path) => path !== undefined)) {
    throw new UsageError(
      `Expected no --data for recipe ${recipe.name}, whose images are generated: train lvis/… on annotations`,
    );
  }
  if (dataSet.pretrained && weights === undefined) {
    throw new UsageError(
      `Expected --weights, a backbone as of torchvision's ResNet-50, for recipe ${recipe.name}, ` +
        `whose first layers and batch norm statistics are not trained, but found none`,
    );
  }
  const running = await engine(), sets = await dataSet.load({ ...data, seed });
  const learnt = learnableImages(sets.train.dataset);
  const { batch = dataSet.batch } = options;
  const iterations = options.epochs === undefined
    ? options.iterations ?? dataSet.iterations
    : Math.ceil(options.epochs * learnt.images.length / batch);
  const { lr = dataSet.rate * batch / 16 } = options;
  const { warmup = Math.min(dataSet.warmup, Math.floor(MOST_WARMUP * iterations)) } = options;
  const decays = [...new Set(DECAYS.map((share) => Math.round(share * iterations)))];
  const { momentum, weightDecay = WEIGHT_DECAY } = options;
  return {
    recipe,
    engine: running,
    ...sets,
    learnt,
    ...recipe.build(imageShares(learnt, sets.train.dataset.categories.length)),
    iterations,
    batch,
    schedule: withWarmup(stepDecay({ rate: lr, at: decays }), warmup),
    optimizer: sgd({ weightDecay, ...(momentum === undefined ? {} : { momentum }) }),
    clipNorm: options.clipNorm ?? dataSet.clipNorm,
    ...resolvePrecision(precision, running, options.forcePrecision),
    seed,
    weights,
    evaluateEvery: options.evaluateEvery ?? iterations,
    checkpointEvery: options.checkpointEvery ?? 1000,
  };
}

/**
 * Describes what determines the result of a detector's training, and the engine that it runs on.
 *
 * @param plan The training.
 * @param options Its options, for the settings by which it can be repeated.
 * @returns The content of `config.json`, without the machine.
 */
export function describeDetector(plan: DetectorPlan, options: DetectorTrainOptions): Config {
  const { recipe, engine, iterations, train, schedule } = plan;
  const settings = detectorSettings(options);
  const isGiven = (settings.epochs ?? settings.iterations) !== undefined;
  return {
    training: {
      recipe: recipe.name,
      network: plan.detector.name,
      seed: plan.seed,
      iterations,
      batch: plan.batch,
      precision: plan.precision,
      backend: engine.backend,
      ...(plan.weights === undefined ? {} : { weights: plan.weights }),
      ...(plan.clipNorm === undefined ? {} : { clipNorm: plan.clipNorm }),
      optimizer: plan.optimizer.description,
      rates: [0, Math.floor(iterations / 2), iterations - 1].map(schedule),
      data: plan.content ? { ...plan.provenance, content: plan.content } : plan.provenance,
      categories: train.dataset.categories.map(({ id }) => id),
      mean: train.mean,
      std: train.std,
    },
    versions: versions(engine),
    engine: { backend: engine.backend, device: engine.device, reason: engine.reason },
    classNames: train.dataset.categories.map(({ name }) => name),
    settings: isGiven ? settings : { ...settings, iterations },
  };
}
