/**
 * Summary of a training.
 *
 * @module
 */
import { classCounts } from "../data/dataset.ts";
import type { Engine } from "../engine/engine.ts";
import type { Outcome } from "../loop/loop.ts";
import type { ResolvedPlan } from "./plan.ts";
import type { Summary } from "../runs/result.ts";

/**
 * Summarises a training for `summary.json`.
 *
 * @param plan Resolved configuration of the training.
 * @param outcome Result of the training loop.
 * @param running The engine.
 * @param out The run folder; `null` if nothing was written.
 * @returns The summary.
 */
export function summarise(
  plan: ResolvedPlan,
  outcome: Outcome,
  running: Engine,
  out: string | null,
): Summary {
  const { evaluation, figures } = outcome;
  return {
    recipe: plan.recipe,
    seed: plan.seed,
    iterations: outcome.step,
    precision: plan.precision,
    backend: running.backend,
    loss: figures.loss,
    all: evaluation?.all ?? null,
    mean: evaluation?.mean ?? null,
    head: evaluation?.head ?? null,
    medium: evaluation?.medium ?? null,
    tail: evaluation?.tail ?? null,
    groups: plan.groups,
    perClass: evaluation?.perClass ?? [],
    testImages: classCounts(plan.data.test),
    evaluatedOn: plan.data.evaluatedOn ?? "test",
    stepMs: figures.stepMs,
    imagesPerSecond: 1000 * plan.batch * plan.accumulate / figures.stepMs,
    out,
    macroF1: evaluation?.macroF1 ?? null,
    calibrationError: evaluation?.calibrationError ?? null,
    confusion: evaluation?.confusion ?? [],
    stages: outcome.ends,
    best: outcome.best,
    counts: plan.counts,
    classNames: plan.data.train.classNames,
  };
}
