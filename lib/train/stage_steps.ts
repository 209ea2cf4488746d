/**
 * The steps of a stage, each on all its batches.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { batchSource, type TrainingBatch } from "./batch_source.ts";
import type { Plan } from "./plan.ts";
import { stageSeed, stageStep } from "./stage_step.ts";
import { spanOf } from "./stages/span.ts";
import type { Gathered, StepOutput, Training } from "./step.ts";

/** What a step of a stage is told. */
export interface NextStep {
  /** Number of the step in its stage, from 0. */
  readonly iteration: number;
  /** Learning rate. */
  readonly rate: number;
  /** What the stage remembers from its beginning; stays the caller's. */
  readonly memory: Params;
  /** Whether no other step follows, so that no more batches need be prepared. */
  readonly isLast: boolean;
}

/** Steps of a stage. */
export interface StageSteps {
  /**
   * Does the next step on the next batches. While a batch is computed, the one after it is prepared.
   *
   * @param training Before the step; stays the caller's.
   * @param next Number of the step, rate, memory.
   * @returns The training after it, and the images drawn up to then.
   */
  next(training: Training, next: NextStep): Promise<StepOutput & { readonly position: number }>;
  /** Ends the threads and frees what was recorded. */
  close(): Promise<void>;
}

/**
 * Opens the steps of a stage.
 *
 * @param plan The whole training.
 * @param number Number of the stage, from 0.
 * @param position Images that the stage, and those that it continues, have drawn before.
 * @returns The steps; close them at the end.
 */
export function stageSteps(plan: Plan, number: number, position: number): StageSteps {
  const { accumulate, stages, data } = plan;
  const stage = stages[number], span = spanOf(stages, number);
  const step = stageStep(plan, number);
  const source = batchSource(stage, data, {
    ...plan,
    seed: stageSeed(plan, number),
    position,
    total: span.iterations * plan.batch * accumulate,
  });
  const imagesOf = ({ images, labels }: TrainingBatch) => ({
    data: images,
    shape: [(stage.loss.views ?? 1) * labels.length, ...data.train.shape],
  });
  let prepared = source.next();
  const draw = async (isLast: boolean) => {
    const batch = await prepared;
    if (!isLast) prepared = source.next();
    // A failure counts when the batch is drawn.
    prepared.catch(() => {});
    return batch;
  };
  return {
    async next(training, { iteration, rate, memory, isLast }) {
      const place = span.before + iteration;
      let before: Gathered | undefined;
      for (let batches = 1; batches < accumulate; batches++) {
        const batch = await draw(false), { labels, mixed } = batch;
        const extras = { mixed, memory, before };
        before = await step.gather(training, imagesOf(batch), labels, place, extras);
      }
      const batch = await draw(isLast), { labels, mixed } = batch;
      const extras = { mixed, memory, before };
      const output = await step.run(training, imagesOf(batch), labels, rate, place, extras);
      return { ...output, position: batch.position };
    },
    async close() {
      await source.close();
      step.dispose();
    },
  };
}
