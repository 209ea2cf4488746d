/**
 * Running the steps of a stage, each on all its batches.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { batchSource, type TrainingBatch } from "./batch_source.ts";
import type { Plan } from "./plan.ts";
import { stageSeed, stageStep } from "./stage_step.ts";
import { spanOf } from "./stages/span.ts";
import type { Gathered, StepOutput, Training } from "./step.ts";

/** Inputs of a step of a stage. */
export interface NextStep {
  /** Index of the step in its stage, from 0. */
  readonly iteration: number;
  /** Learning rate. */
  readonly rate: number;
  /** State that the stage recorded at its beginning; the caller keeps ownership. */
  readonly memory: Params;
  /** Whether this is the last step, so that no further batch is prepared. */
  readonly isLast: boolean;
}

/** The steps of a stage. */
export interface StageSteps {
  /**
   * Runs the next step on the next batches. While a batch is computed, the following one is prepared.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param next Index of the step, learning rate, memory.
   * @returns The training state after the step, and the number of images drawn so far.
   */
  next(training: Training, next: NextStep): Promise<StepOutput & { readonly position: number }>;
  /** Stops the worker threads and frees the traced step. */
  close(): Promise<void>;
}

/**
 * Opens the steps of a stage.
 *
 * @param plan The whole training.
 * @param number Number of the stage, from 0.
 * @param position Number of images already drawn by the stage and the stages that it continues.
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
    // An error is reported when the batch is awaited, not as an unhandled rejection.
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
