/**
 * The steps of a detector's training.
 *
 * `lib/loop` is about images with one label: its batches, mixings, stages and evaluations have no meaning here. Shared
 * are its events, its figures of recent steps, and everything below and above the steps: checkpoints, run folder, logs.
 *
 * @module
 */
import { disposeTree, flatten } from "../../core/tree.ts";
import { expectFiniteLoss, expectFiniteParams } from "../../inference/finite.ts";
import { isMagnitude } from "../../nn/nbn.ts";
import { withStep } from "../../loop/recent_steps.ts";
import type { StepReport } from "../../loop/step_report.ts";
import { trainingBatches } from "../data/training_batches.ts";
import type { DetectionLosses } from "../mask_rcnn/detector.ts";
import type { DetectorStep } from "../mask_rcnn/training_step.ts";
import type { DetectorEvent } from "./detector_events.ts";
import type { DetectorPlan } from "./detector_plan.ts";
import { type DetectorScores, scoreDetector } from "./detector_scores.ts";
import { type DetectorState, freeDetector } from "./detector_state.ts";

/** Callbacks of the loop. */
export interface DetectorObserver {
  /** Called with every progress event. */
  emit(event: DetectorEvent): void;
  /** Called after every step with its losses and magnitudes, for the logs. */
  log(step: number, report: StepReport, learningRate: number): Promise<void>;
  /** Saves a checkpoint; returns its path, or `undefined` if checkpoints are not saved. */
  save(state: DetectorState): Promise<string | undefined>;
}

/** Result of the loop. */
export interface DetectorOutcome {
  /** Final state; the caller owns its tensors. */
  readonly state: DetectorState;
  /** The last evaluation; missing if the training was interrupted before. */
  readonly scores?: DetectorScores;
}

/**
 * Runs the remaining steps of a training, with its evaluations and checkpoints. While a step runs, the next batch is
 * prepared.
 *
 * @param plan The training.
 * @param step Its step.
 * @param start State to start from; its tensors are consumed, also on failure.
 * @param observer Callbacks.
 * @param signal When aborted, stops the training after the current step.
 * @returns The final state, saved, and its scores.
 * @throws {DivergedError} If a loss or a parameter is not finite.
 */
export async function detectorLoop(
  plan: DetectorPlan,
  step: DetectorStep,
  start: DetectorState,
  observer: DetectorObserver,
  signal?: AbortSignal,
): Promise<DetectorOutcome> {
  const { iterations, evaluateEvery, checkpointEvery } = plan;
  const batches = openBatches(plan);
  let state = start, scores: DetectorScores | undefined, saved = state.step;
  const evaluate = async () => {
    scores = await scoresOf(plan, state);
    observer.emit({ kind: "detection", step: state.step, iterations, scores });
  };
  const save = async () => {
    if (saved === state.step) return;
    await expectFiniteParams(state.training.params, state.step);
    const path = await observer.save(state);
    if (path) observer.emit({ kind: "checkpoint", step: state.step, path });
    saved = state.step;
  };
  try {
    let next = state.step < iterations ? batches.read(state.step) : undefined;
    while (next && !signal?.aborted) {
      const number = state.step, rate = plan.schedule(number), begun = performance.now();
      const batch = await next;
      const running = step.run(state.training, batch, rate, [plan.seed, number]);
      next = number + 1 < iterations ? batches.read(number + 1) : undefined;
      // An error is reported when the batch is awaited, not as an unhandled rejection.
      next?.catch(() => {});
      const { training, losses } = await running.finally(() => disposeTree(batch));
      freeDetector(state.training);
      const report = await readReport(losses, training.params);
      const stepMs = performance.now() - begun, { loss } = report;
      state = { step: number + 1, training, recent: withStep(state.recent, loss, stepMs) };
      expectFiniteLoss(loss, state.step);
      await observer.log(state.step, report, rate);
      observer.emit({
        ...{ kind: "step", step: state.step, iterations, stage: 1, stageName: "train" },
        ...{ loss, learningRate: rate, stepMs, imagesPerSecond: 1000 * plan.batch / stepMs },
      });
      if (state.step === iterations) break;
      if (state.step % evaluateEvery === 0) await evaluate();
      if (state.step % checkpointEvery === 0) await save();
    }
    await next?.then(disposeTree, () => {});
    const isComplete = state.step === iterations;
    if (isComplete) await evaluate();
    await save();
    observer.emit({ kind: "end", step: state.step, iterations, interrupted: !isComplete });
    return { state, scores };
  } catch (error) {
    freeDetector(state.training);
    throw error;
  }
}

function openBatches({ recipe, train, learnt, batch, seed }: DetectorPlan) {
  const { fits, objects } = recipe.dataSet;
  return trainingBatches(train, learnt, { batch, seed, fits, objects, repeat: recipe.repeat });
}

async function scoresOf(plan: DetectorPlan, { training, step }: DetectorState) {
  const { detector, test, recipe: { dataSet }, batch, precision } = plan;
  await expectFiniteParams(training.params, step);
  return (await scoreDetector(detector, training, test, { dataSet, batch, precision })).scores;
}

/** Reads and frees losses, and reads magnitudes of NBN after the step. */
async function readReport(
  losses: DetectionLosses,
  params: DetectorState["training"]["params"],
): Promise<StepReport> {
  const magnitudes = flatten(params).filter(([path]) => isMagnitude(path))
    .map(([path, tensor]) => [`magnitude:${path}`, tensor] as const);
  const read = await Promise.all(
    [...Object.entries(losses), ...magnitudes].map(async ([name, tensor]) =>
      [name, (await tensor.data())[0]] as const
    ),
  );
  disposeTree(losses);
  const loss = Object.keys(losses).reduce((sum, _, place) => sum + read[place][1], 0);
  return { loss, ...Object.fromEntries(read) };
}
