/**
 * Summary of a training.
 *
 * @module
 */
import { classCounts } from "../data/dataset.ts";
import type { TrainState } from "../loop/train_state.ts";
import { meanLoss, medianTime } from "../loop/recent_steps.ts";
import type { ResolvedPlan } from "./plan.ts";
import type { Summary } from "../runs/result.ts";

/**
 * Summarises a training for `summary.json`.
 *
 * @param plan Resolved configuration of the training.
 * @param state Final state of the training; its tensors are not used.
 * @param out The run folder; `null` if nothing was written.
 * @returns The summary.
 */
export function summarise(
  plan: ResolvedPlan,
  state: TrainState,
  out: string | null,
): Summary {
  const { evaluation, recent, ends, bestSoFar, step } = state;
  const stepMs = medianTime(recent);
  return {
    recipe: plan.recipe,
    seed: plan.seed,
    iterations: step,
    precision: plan.precision,
    backend: plan.engine.backend,
    loss: meanLoss(recent),
    all: evaluation?.all ?? null,
    mean: evaluation?.mean ?? null,
    head: evaluation?.head ?? null,
    medium: evaluation?.medium ?? null,
    tail: evaluation?.tail ?? null,
    groups: plan.groups,
    perClass: evaluation?.perClass ?? [],
    testImages: classCounts(plan.data.test),
    evaluatedOn: plan.data.evaluatedOn ?? "test",
    stepMs,
    imagesPerSecond: 1000 * plan.batch * plan.accumulate / stepMs,
    out,
    macroF1: evaluation?.macroF1 ?? null,
    calibrationError: evaluation?.calibrationError ?? null,
    confusion: evaluation?.confusion ?? [],
    stages: ends,
    best: bestSoFar.best,
    counts: plan.counts,
    classNames: plan.data.train.classNames,
  };
}
