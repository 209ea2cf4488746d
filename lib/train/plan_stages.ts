/**
 * The stages of a training: those of the options, or those of the recipe with overrides from the options.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { Augmentation } from "../data/augment/mod.ts";
import { namedAugmentation } from "../data/augment/named.ts";
import { instanceBalancedSampler } from "../samplers/mod.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { sgd, warmupCosine } from "../optim/mod.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { changedStages } from "./change_stages.ts";
import type { Stage } from "../loop/stages/stage.ts";

/** Sizes that the stages depend on. */
export interface PlannedFor {
  /** Number of training images. */
  readonly images: number;
  /** Height of the images in pixels. */
  readonly side: number;
  /** Number of images in a step, over all its batches. */
  readonly batch: number;
  /** Training images of each class. */
  readonly counts: readonly number[];
}

/** The options that configure a stage. */
const PIECES = [
  ...["loss", "sampler", "augment", "iterations", "epochs", "labelSmoothing"] as const,
  ...["schedule", "lr", "warmup", "optimizer", "weightDecay", "momentum", "statistics"] as const,
];

/**
 * Plans the stages of a training.
 *
 * @param options Options of the training.
 * @param named The recipe, if there is one.
 * @param setting Image size and number, images in a step, class counts.
 * @returns At least one stage.
 * @throws {UsageError} If settings are incompatible.
 * @throws {TypeError} If neither a recipe nor a loss is given, or options of a stage are combined with `stages`.
 */
export function planStages(
  options: TrainOptions,
  named: Recipe | undefined,
  setting: PlannedFor,
): readonly Stage[] {
  const pieces = PIECES.filter((piece) => options[piece] !== undefined);
  if (options.stages) {
    if (options.stages.length > 0 && pieces.length === 0) return options.stages;
    throw new TypeError(
      "Expected at least one stage, and no options of a stage together with stages, but found " +
        (pieces.length > 0 ? pieces.join(", ") : "none"),
    );
  }
  const { batch, counts } = setting;
  const iterations = stepsOf(options, setting) ?? named?.iterations ?? 13_000;
  const augment = augmentOf(options, setting.side);
  const stages = named
    ? ofRecipe(options, named, {
      iterations,
      batch,
      counts,
      augment: augment ?? named.augment,
      smoothing: options.labelSmoothing,
    })
    : [ofOne(options, iterations, augment)];
  return changedStages(stages, options);
}

/** Returns the number of steps of the first stage, if the options specify it. */
function stepsOf(
  { iterations, epochs }: TrainOptions,
  { images, batch }: PlannedFor,
): number | undefined {
  if (iterations !== undefined && epochs !== undefined) {
    throw new UsageError(
      `Expected --iterations or --epochs but found both, ${iterations} and ${epochs}`,
    );
  }
  if (epochs === undefined) return iterations;
  // Rounded first, because 0.1 × 30 is slightly more than 3 in floating point.
  return Math.max(1, Math.ceil(Number((epochs * images / batch).toPrecision(12))));
}

function augmentOf(
  { augment }: TrainOptions,
  side: number,
): readonly Augmentation[] | undefined {
  return typeof augment === "string" ? namedAugmentation(augment, side) : augment;
}

/** Returns the parts of a stage that the options contain as objects. */
function given(options: TrainOptions): Partial<Stage> {
  const { loss, sampler, schedule, optimizer } = options;
  return {
    ...(loss ? { loss } : {}),
    ...(sampler ? { sampler } : {}),
    ...(typeof schedule === "function" ? { schedule } : {}),
    ...(typeof optimizer === "object" ? { optimizer } : {}),
  };
}

function ofRecipe(
  options: TrainOptions,
  named: Recipe,
  setting: Parameters<Recipe["stages"]>[0],
): readonly Stage[] {
  if (options.loss) expectOwnLabels(options);
  const [first, ...later] = named.stages(setting);
  if (options.loss && first.mixing) {
    throw new TypeError(
      `Expected recipe ${named.name} to keep its loss, which goes with ${first.mixing.name}, ` +
        "but found another one: pass stages instead",
    );
  }
  return [{ ...first, ...given(options) }, ...later];
}

function ofOne(
  options: TrainOptions,
  iterations: number,
  augment: readonly Augmentation[] = [],
): Stage {
  const { loss } = options;
  if (!loss) {
    throw new TypeError(
      "Expected train() to be given a recipe, or data, network and loss, but found no loss",
    );
  }
  expectOwnLabels(options);
  return {
    name: "training",
    iterations,
    loss,
    sampler: instanceBalancedSampler,
    augment,
    schedule: warmupCosine({ iterations }),
    optimizer: sgd({ weightDecay: 5e-4 }),
    ...given(options),
  };
}

/** Throws if label smoothing is combined with a custom loss. */
function expectOwnLabels({ labelSmoothing }: TrainOptions): void {
  if (!labelSmoothing) return;
  throw new UsageError(
    `Expected no --label-smoothing with a custom loss but found ${labelSmoothing}: ` +
      "include it in the loss, for instance crossEntropy({ smoothing: 0.1 })",
  );
}
