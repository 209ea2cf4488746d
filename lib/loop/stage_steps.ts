/**
 * The steps of a stage: its training step, run on its batches.
 *
 * @module
 */
import { untilAborted } from "../core/abort.ts";
import { expectLabels } from "../core/labels.ts";
import { partsOf } from "../core/parts.ts";
import type { Params } from "../core/tree.ts";
import { batchSource, type TrainingBatch } from "./batch_source.ts";
import type { StepState } from "./step_definition.ts";
import type { Plan } from "./plan.ts";
import { networkOf } from "./stages/network.ts";
import { spanOf, stageSeed } from "./stages/span.ts";
import {
  disposeGathered,
  type Gathered,
  type StepOutput,
  type TrainingStep,
  trainingStep,
} from "./training_step.ts";

/** Inputs of a step of a stage. */
export interface StageStepOptions {
  /** Index of the step in its stage, from 0. */
  readonly iteration: number;
  /** Learning rate. */
  readonly rate: number;
  /** State that the stage recorded at its beginning; the caller keeps ownership. */
  readonly memory: Params;
  /** Whether this is the last step, so that no further batch is prepared. */
  readonly isLast: boolean;
  /** When aborted, the step ends before its next batch. */
  readonly signal?: AbortSignal;
  /**
   * Whether this process wants to stop after the step.
   *
   * @default {false}
   */
  readonly stop?: boolean;
}

/** Output of a step of a stage. */
export interface StageStepOutput extends StepOutput {
  /** Number of images that the stage and those that it continues have drawn. */
  readonly position: number;
}

/** The steps of a stage. */
export interface StageSteps {
  /**
   * Runs the next step on the next batches. While a batch is computed, the following one is prepared.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param options Index of the step, learning rate, memory.
   * @returns The training state after the step, its report, and the number of images drawn so far.
   * @throws {unknown} The reason of the signal, if it is aborted before the last batch is computed.
   */
  next(
    training: StepState,
    options: StageStepOptions,
  ): Promise<StageStepOutput>;
  /** Stops the worker threads and frees the traced step. */
  close(): Promise<void>;
}

/**
 * Opens the steps of a stage.
 *
 * @param plan The whole training.
 * @param index Index of the stage, from 0.
 * @param position Number of images already drawn by the stage and the stages that it continues.
 * @returns The steps; close them at the end.
 */
export function stageSteps(plan: Plan, index: number, position: number): StageSteps {
  const { batch, accumulate, stages, data, counts, workers, cluster } = plan;
  const stage = stages[index], span = spanOf(stages, index);
  const step = stageStep(plan, index);
  const part = cluster ? partsOf(batch, cluster.size)[cluster.rank] : { first: 0, count: batch };
  const source = batchSource(stage, data, {
    batch,
    seed: stageSeed(plan, index),
    position,
    total: span.iterations * batch * accumulate,
    counts,
    workers,
    part,
  });
  const { views = 1 } = stage.loss;
  const stepBatch = ({ images, labels, mixed }: TrainingBatch) => ({
    images: { data: images, shape: [views * part.count, ...data.train.shape] },
    labels,
    mixed,
  });
  let prepared = source.next();
  const draw = async (isLast: boolean, signal?: AbortSignal) => {
    const batch = await untilAborted(prepared, signal);
    if (!isLast) prepared = source.next();
    // An error is reported when the batch is awaited, not as an unhandled rejection.
    prepared.catch(() => {});
    // Here, because the traced step cannot: on some backends it computes a loss of labels that are no classes.
    expectLabels(batch.labels, plan.counts.length);
    if (batch.mixed) expectLabels(batch.mixed.partners, plan.counts.length, "partners");
    return batch;
  };
  return {
    async next(training, { rate, memory, isLast, stop, iteration: inStage, signal }) {
      const iteration = span.before + inStage;
      let before: Gathered | undefined, last: TrainingBatch;
      try {
        for (let batches = 1; batches < accumulate; batches++) {
          const batch = stepBatch(await draw(false, signal));
          const gathered: Gathered | undefined = before;
          before = undefined;
          before = await step.gather(training, batch, { iteration, memory, before: gathered });
        }
        last = await draw(isLast, signal);
      } catch (error) {
        if (before) disposeGathered(before);
        throw error;
      }
      const batch = stepBatch(last);
      const output = await step.run(training, batch, { rate, iteration, memory, before, stop });
      return { ...output, position: last.position };
    },
    async close() {
      await source.close();
      step.dispose();
    },
  };
}

/**
 * Creates the training step of a stage. If the stage continues others, iterations count from the beginning of the first
 * of them.
 *
 * @param plan Stages, seed and precision of the training.
 * @param index Index of the stage, from 0.
 * @returns The step.
 */
export function stageStep(plan: Plan, index: number): TrainingStep {
  const { precision, clipNorm, accumulate, stages, cluster, syncBatchNorm } = plan;
  const { loss, mixing, trains, except, frozen, statistics, optimizer } = stages[index];
  return trainingStep({
    network: networkOf(plan, index),
    // A teacher recorded at the beginning of a stage is the network of the previous stage.
    teacher: networkOf(plan, index - 1),
    loss,
    mixedLoss: mixing?.loss,
    trains,
    except,
    frozen,
    statistics,
    optimizer,
    iterations: spanOf(stages, index).iterations,
    precision,
    clipNorm,
    accumulate,
    cluster,
    syncBatchNorm,
    seed: stageSeed(plan, index),
  });
}
