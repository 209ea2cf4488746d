/**
 * Training a detector, from options to the result.
 *
 * @module
 */
import { machine } from "../../core/machine.ts";
import { flatten } from "../../core/tree.ts";
import { meanLoss, medianTime } from "../../loop/recent_steps.ts";
import type { StartEvent } from "../../loop/progress.ts";
import { openRunFolder, type RunFolder } from "../../runs/run_folder.ts";
import { type RunLogs, runLogs } from "../../train/logs/run_logs.ts";
import { trainingDigest } from "../../train/training_digest.ts";
import { type DetectorStep, detectorStep } from "../mask_rcnn/training_step.ts";
import { detectorLoop, type DetectorObserver } from "./detector_loop.ts";
import type { DetectorTrainOptions } from "./detector_options.ts";
import { describeDetector, type DetectorPlan, detectorPlan } from "./detector_plan.ts";
import type { DetectorResult } from "./detector_result.ts";
import { SCORE_COLUMNS, scoreRecord } from "./score_columns.ts";
import {
  detectorCheckpoint,
  type DetectorState,
  expectedOfDetector,
  freeDetector,
  fromDetectorCheckpoint,
  startDetector,
} from "./detector_state.ts";

/**
 * Trains a detector by a recipe and scores it as LVIS does.
 *
 * With `out`, the run folder contains `config.json`, `metrics.csv`, TensorBoard events, checkpoints and `summary.json`.
 * With `resume`, an interrupted run resumes from its newest intact checkpoint; in float32 on the same machine the
 * result is bit-identical to an uninterrupted run.
 *
 * @param options Recipe, data, length, folder.
 * @returns Average precision, loss, speed.
 * @throws {UsageError} If the recipe is unknown, a setting does not apply, or the folder contains another run.
 * @throws {BusyError} If another process trains in the folder.
 * @throws {RangeError} If a number is out of range.
 * @throws {DataError} If annotations or an image cannot be read, or there is nothing to learn from.
 * @throws {CheckpointError} If the folder cannot be written to, or its checkpoint or the weights do not fit.
 * @throws {DivergedError} If the loss becomes NaN or infinite.
 *
 * @example Two steps
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainDetector } from "@nbn/toolkit/detection";
 *
 * const { iterations, scores } = await trainDetector({
 *   recipe: "builtin-lvis/mask-rcnn+seesaw+nbn",
 *   iterations: 2,
 *   batch: 2,
 * });
 * console.log(scores?.masks.apRare);
 * assertEquals(iterations, 2);
 * ```
 */
export async function trainDetector(options: DetectorTrainOptions): Promise<DetectorResult> {
  const { onProgress: emit = () => {}, signal, out = null } = options;
  const plan = await detectorPlan(options);
  const config = describeDetector(plan, options);
  const { optimizer, clipNorm, precision } = plan;
  const step = detectorStep(plan.detector, { optimizer, clipNorm, precision });
  let logs: RunLogs | undefined;
  try {
    await using folder = out === null ? undefined : await openRunFolder<DetectorResult>(
      out,
      { ...config, machine: await machine() },
      { resume: options.resume ?? false, keep: options.keep ?? 2 },
    );
    const digest = trainingDigest((folder ?? config).training);
    const { state: start, summary } = await initialState(plan, step, digest, folder, options);
    logs = folder && runLogs(folder.path, start.step, SCORE_COLUMNS);
    emit({ ...startEvent(plan, start), weights: summary });
    const observer = observerOf(plan, { emit, digest, folder, logs });
    const { state, scores = null } = await detectorLoop(plan, step, start, observer, signal);
    freeDetector(state.training);
    const stepMs = medianTime(state.recent), { categories } = plan.train.dataset;
    const result: DetectorResult = {
      recipe: plan.recipe.name,
      seed: plan.seed,
      iterations: state.step,
      precision,
      backend: plan.engine.backend,
      loss: meanLoss(state.recent),
      scores,
      classNames: categories.map(({ name }) => name),
      frequencies: categories.map(({ frequency = null }) => frequency),
      stepMs,
      imagesPerSecond: 1000 * plan.batch / stepMs,
      out,
    };
    if (state.step === plan.iterations) await folder?.summarise(result);
    return result;
  } finally {
    await logs?.close();
    step.dispose();
  }
}

/** The newest checkpoint of a run that is resumed, or a new state. */
async function initialState(
  plan: DetectorPlan,
  step: DetectorStep,
  digest: string,
  folder: RunFolder<DetectorResult> | undefined,
  { resume = false }: DetectorTrainOptions,
): Promise<{ state: DetectorState; summary?: string }> {
  const found = folder && resume ? await folder.latest(() => expectedOfDetector(plan)) : undefined;
  if (!folder || !found) return await startDetector(plan, step);
  return { state: fromDetectorCheckpoint(plan, found, digest, folder.path) };
}

/** What the loop's callbacks write to. */
interface Outputs {
  readonly emit: DetectorObserver["emit"];
  readonly digest: string;
  readonly folder?: RunFolder<DetectorResult>;
  readonly logs?: RunLogs;
}

function observerOf(plan: DetectorPlan, { emit, digest, folder, logs }: Outputs): DetectorObserver {
  return {
    emit(event) {
      if (event.kind === "detection") {
        logs?.evaluation({ step: event.step, stage: 1, ...scoreRecord(event.scores) });
      }
      emit(event);
    },
    log: async (number, report, rate) => await logs?.step(number, report, rate, 1),
    async save(state) {
      // A resumed run keeps the rows up to its checkpoint, so they have to be on disk before it is saved.
      await logs?.flush();
      return await folder?.save(detectorCheckpoint(plan, state, digest));
    },
  };
}

function startEvent(plan: DetectorPlan, { step, training }: DetectorState): StartEvent {
  return {
    kind: "start",
    recipe: plan.recipe.name,
    dataset: plan.train.dataset.file,
    network: plan.detector.name,
    parameters: flatten(training.params).reduce((sum, [, { size }]) => sum + size, 0),
    step,
    iterations: plan.iterations,
    batch: plan.batch,
    backend: plan.engine.backend,
    precision: plan.precision,
    precisionReason: plan.precisionReason,
    warnings: plan.learnt.leftOut,
  };
}
