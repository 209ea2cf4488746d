/**
 * Applies settings of optimizer, learning rate and running statistics to the stages of a recipe.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import {
  adamw,
  constantSchedule,
  type Optimizer,
  type Schedule,
  sgd,
  warmupCosine,
  withWarmup,
} from "../optim/mod.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { spanOf } from "../loop/stages/span.ts";
import type { Stage } from "../loop/stages/stage.ts";

/** Options that {@linkcode changedStages} applies. */
export type StageSettings = Pick<
  TrainOptions,
  "lr" | "schedule" | "warmup" | "optimizer" | "weightDecay" | "momentum" | "statistics"
>;

/** Default learning rate and weight decay of AdamW, as in PyTorch. */
const ADAMW = { lr: 1e-3, weightDecay: 0.01 };

/**
 * Changes learning rates, optimizers and running statistics of a recipe's stages. Stages that continue each other share
 * one schedule, in which deferred changes keep their position.
 *
 * @param stages Stages of a recipe, or a single default stage.
 * @param settings The changes; a custom schedule or optimizer is already part of the first stage.
 * @returns The changed stages.
 * @throws {UsageError} If settings are incompatible with each other or with the stages.
 *
 * @example Twice the rate, in the second stage too
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { recipe } from "@nbn/toolkit/recipes";
 *
 * const stages = recipe("builtin/crt").stages({ iterations: 90, batch: 64, counts: [9, 1], augment: [] });
 * const [first, second] = changedStages(stages, { lr: 0.2 });
 * assertAlmostEquals(first.schedule(5), 0.2);
 * assertAlmostEquals(second.schedule(0), 0.4);
 * ```
 */
export function changedStages(
  stages: readonly Stage[],
  settings: StageSettings,
): readonly Stage[] {
  expectCompatible(settings);
  const schedule = changedSchedules(stages, settings);
  const optimizer = changedOptimizers(stages, settings);
  const statistics = changedStatistics(stages, settings);
  return stages.map((stage, index) => ({
    ...stage,
    schedule: schedule(index),
    optimizer: optimizer(stage.optimizer),
    statistics: statistics(stage),
  }));
}

/** Rejects combinations in which a setting would have no effect. */
function expectCompatible(settings: StageSettings): void {
  const { lr, warmup, schedule, weightDecay, momentum, optimizer } = settings;
  if (typeof schedule === "function" && (lr ?? warmup) !== undefined) {
    throw new UsageError(
      `Expected no --${lr === undefined ? "warmup" : "lr"} with a custom schedule ` +
        "but found both: include it in the schedule",
    );
  }
  if (typeof optimizer === "object" && (weightDecay ?? momentum) !== undefined) {
    throw new UsageError(
      `Expected no --${weightDecay === undefined ? "momentum" : "weight-decay"} with a ` +
        "custom optimizer but found both: include it in the optimizer",
    );
  }
  if (optimizer === "adamw" && momentum !== undefined) {
    throw new UsageError(
      "Expected no --momentum with --optimizer adamw, which has decay rates instead, but found " +
        "both: omit --momentum",
    );
  }
}

/** Returns the schedule of a stage by its zero-based index. */
function changedSchedules(
  stages: readonly Stage[],
  { lr, schedule: shape, warmup, optimizer }: StageSettings,
): (index: number) => Schedule {
  const requested = lr ?? (optimizer === "adamw" ? ADAMW.lr : undefined);
  const isUnchanged = requested === undefined && warmup === undefined && typeof shape !== "string";
  if (isUnchanged || typeof shape === "function") return (index) => stages[index].schedule;
  const { iterations } = spanOf(stages, 0);
  if (warmup !== undefined && warmup >= iterations) {
    throw new UsageError(
      `Expected --warmup to be fewer steps than the ${iterations} of the first stage but found ${warmup}`,
    );
  }
  const peak = (index: number) => peakOf(stages[index].schedule, spanOf(stages, index).iterations);
  const factor = requested === undefined ? 1 : requested / peak(0);
  return (index) => {
    const { first, before, iterations } = spanOf(stages, index);
    if (iterations === 0) return stages[index].schedule;
    const { schedule } = stages[first];
    const hasWarmup = schedule.warmup?.present ?? false;
    const shaped = typeof shape !== "string"
      ? schedule
      : shape === "constant"
      ? constantSchedule(peak(first))
      : cosine(peak(first), iterations, hasWarmup);
    const warmed = warmup !== undefined && (first === 0 || hasWarmup)
      ? shaped.warmup?.withSteps(warmup) ?? withWarmup(shaped, warmup)
      : shaped;
    return (iteration) => factor * warmed(before + iteration);
  };
}

function cosine(peak: number, iterations: number, hasWarmup: boolean): Schedule {
  return warmupCosine({ iterations, start: peak / 2, peak, ...(hasWarmup ? {} : { warmup: 0 }) });
}

/** Returns the highest learning rate of a schedule. */
function peakOf(schedule: Schedule, iterations: number): number {
  let peak = 0;
  for (let i = 0; i < iterations; i++) peak = Math.max(peak, schedule(i));
  return peak;
}

/** Returns a function that applies the settings to the optimizer of a stage. */
function changedOptimizers(
  stages: readonly Stage[],
  { optimizer, weightDecay, momentum }: StageSettings,
): (optimizer: Optimizer) => Optimizer {
  const isUnchanged = optimizer !== "adamw" && weightDecay === undefined && momentum === undefined;
  if (isUnchanged || typeof optimizer === "object") return (found) => found;
  const ofFirst = stages[0].optimizer.sgd?.weightDecay ?? 0;
  const requested = weightDecay ?? (optimizer === "adamw" ? ADAMW.weightDecay : ofFirst);
  // Without weight decay in the first stage there is no ratio by which to scale that of later ones.
  const decayOf = (own: number) =>
    ofFirst === 0 || own === ofFirst ? requested : own * requested / ofFirst;
  return ({ sgd: options = {} }) => {
    const decay = decayOf(options.weightDecay ?? 0);
    if (optimizer === "adamw") {
      return adamw({ weightDecay: decay, decay: options.decay, rate: options.rate });
    }
    if (momentum === 0 && options.nesterov) {
      throw new UsageError(
        "Expected --momentum to be above 0 for this recipe, whose optimizer uses Nesterov " +
          "momentum, but found 0",
      );
    }
    return sgd({ ...options, weightDecay: decay, momentum: momentum ?? options.momentum });
  };
}

/** Returns a function that applies the settings to the running statistics of a stage. */
function changedStatistics(
  stages: readonly Stage[],
  { statistics }: StageSettings,
): (stage: Stage) => Stage["statistics"] {
  if (statistics && !stages.some(({ trains }) => trains)) {
    throw new UsageError(
      "Expected --statistics for a recipe with a stage that trains a part of the network, for " +
        `instance crt, but found ${statistics} without one`,
    );
  }
  return (stage) => stage.trains && statistics ? statistics : stage.statistics;
}
