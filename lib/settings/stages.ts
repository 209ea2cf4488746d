/**
 * Applies settings of optimizer, learning rate and running statistics to the stages of a recipe.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { adamw } from "../optim/adamw.ts";
import type { TrainOptions } from "./train_options.ts";
import { type Optimizer, sgd } from "../optim/optimizer.ts";
import { constantSchedule, type Schedule, warmupCosine, withWarmup } from "../optim/schedule.ts";
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
 * import { recipe } from "../recipes/mod.ts";
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
  expectSensible(settings);
  const schedule = changedSchedules(stages, settings);
  const optimizer = changedOptimizers(stages, settings);
  const statistics = changedStatistics(stages, settings);
  return stages.map((stage, number) => ({
    ...stage,
    schedule: schedule(number),
    optimizer: optimizer(stage.optimizer),
    statistics: statistics(stage),
  }));
}

/** Rejects combinations in which a setting would have no effect. */
function expectSensible(settings: StageSettings): void {
  const { lr, warmup, schedule, weightDecay, momentum, optimizer } = settings;
  if (typeof schedule === "function" && (lr ?? warmup) !== undefined) {
    throw new UsageError(
      `Expected no --${lr === undefined ? "warmup" : "lr"} beside a schedule of one's own ` +
        "but found both: put it into the schedule",
    );
  }
  if (typeof optimizer === "object" && (weightDecay ?? momentum) !== undefined) {
    throw new UsageError(
      `Expected no --${weightDecay === undefined ? "momentum" : "weight-decay"} beside an ` +
        "optimizer of one's own but found both: put it into the optimizer",
    );
  }
  if (optimizer === "adamw" && momentum !== undefined) {
    throw new UsageError(
      "Expected no --momentum with --optimizer adamw, which averages gradients by rates of its " +
        "own, but found both: leave --momentum out",
    );
  }
}

/** Returns the schedule of a stage by its zero-based index. */
function changedSchedules(
  stages: readonly Stage[],
  { lr, schedule: shape, warmup, optimizer }: StageSettings,
): (number: number) => Schedule {
  const wished = lr ?? (optimizer === "adamw" ? ADAMW.lr : undefined);
  const isAsBefore = wished === undefined && warmup === undefined && typeof shape !== "string";
  if (isAsBefore || typeof shape === "function") return (number) => stages[number].schedule;
  const { iterations } = spanOf(stages, 0);
  if (warmup !== undefined && warmup >= iterations) {
    throw new UsageError(
      `Expected --warmup to be fewer steps than the ${iterations} of the first stage but found ${warmup}`,
    );
  }
  const peak = (number: number) =>
    peakOf(stages[number].schedule, spanOf(stages, number).iterations);
  const factor = wished === undefined ? 1 : wished / peak(0);
  return (number) => {
    const { first, before, iterations } = spanOf(stages, number);
    if (iterations === 0) return stages[number].schedule;
    const { schedule } = stages[first];
    const warms = schedule.warmup?.present ?? false;
    const shaped = typeof shape !== "string"
      ? schedule
      : shape === "constant"
      ? constantSchedule(peak(first))
      : falling(peak(first), iterations, warms);
    const risen = warmup !== undefined && (first === 0 || warms)
      ? shaped.warmup?.withSteps(warmup) ?? withWarmup(shaped, warmup)
      : shaped;
    return (iteration) => factor * risen(before + iteration);
  };
}

function falling(peak: number, iterations: number, warms: boolean): Schedule {
  return warmupCosine({ iterations, start: peak / 2, peak, ...(warms ? {} : { warmup: 0 }) });
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
  const isAsBefore = optimizer !== "adamw" && weightDecay === undefined && momentum === undefined;
  if (isAsBefore || typeof optimizer === "object") return (found) => found;
  const usual = stages[0].optimizer.sgd?.weightDecay ?? 0;
  const wished = weightDecay ?? (optimizer === "adamw" ? ADAMW.weightDecay : usual);
  // Without weight decay in the first stage there is no ratio by which to scale that of later ones.
  const decayOf = (own: number) => usual === 0 || own === usual ? wished : own * wished / usual;
  return ({ sgd: options = {} }) => {
    const decay = decayOf(options.weightDecay ?? 0);
    if (optimizer === "adamw") {
      return adamw({ weightDecay: decay, decay: options.decay, rate: options.rate });
    }
    if (momentum === 0 && options.nesterov) {
      throw new UsageError(
        "Expected --momentum to be above 0 for this recipe, whose optimizer looks ahead along it " +
          "(Nesterov), but found 0",
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
