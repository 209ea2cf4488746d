/**
 * The training loop.
 *
 * @module
 */
import { disposeTree, type Params } from "../core/tree.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { type Best, type BestSoFar, withEvaluation } from "./best.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Evaluation } from "../inference/evaluation.ts";
import { judge } from "../inference/evaluate.ts";
import { expectFiniteLoss, expectFiniteParams } from "../inference/finite.ts";
import type { Plan } from "./plan.ts";
import { predictor } from "../inference/predict.ts";
import type { TrainEvent } from "./progress.ts";
import type { StageResult } from "./stage_result.ts";
import { beginStage, replaced } from "./stages/begin.ts";
import { stageSeed } from "./stage_step.ts";
import { stageSteps } from "./stage_steps.ts";
import { networkOf } from "./stages/network.ts";
import { spanOf } from "./stages/span.ts";
import type { StepReport, Training } from "./step.ts";
import { type Tally, tally } from "./tally.ts";
import { phaseAt } from "./training_step.ts";

/** Callbacks of the training loop. */
export interface Observer {
  /** Called with every progress event. */
  tell(event: TrainEvent): void;
  /** Called after every step with its report, for the logs. */
  log(step: number, report: StepReport, learningRate: number, stage: number): Promise<void>;
  /** Saves a checkpoint; returns its path, or `undefined` if checkpoints are not saved. */
  save(checkpoint: Checkpoint): Promise<string | undefined>;
  /** Saves the network of the best evaluation so far, replacing the previous one. */
  keepBest(checkpoint: Checkpoint): Promise<void>;
}

/** Result of the training loop. */
export interface Outcome {
  /** Number of completed steps. */
  readonly step: number;
  /** Whether the training is finished. */
  readonly complete: boolean;
  /** The last evaluation; missing if the training was stopped before the first. */
  readonly evaluation?: Evaluation;
  /** The best evaluation, if the training tracks it. */
  readonly best?: Best;
  /** Accuracies at the end of each stage. */
  readonly ends: readonly StageResult[];
  /** Recent losses and step times. */
  readonly figures: Tally;
  /** Final training state; the caller owns its tensors. */
  readonly training: Training;
}

/**
 * Trains all stages in order. While a step runs, the next batch is prepared and the report of the previous step is
 * read.
 *
 * @param plan Resolved configuration of the training.
 * @param start Initial state, from a checkpoint or newly initialised; its tensors are consumed.
 * @param observer Callbacks for progress, logs and checkpoints.
 * @param signal When aborted, stops the training after the current step.
 * @returns Final state, evaluations and whether the training is finished.
 * @throws {DivergedError} If a loss or a parameter is not finite; the message names the step.
 */
export async function loop(
  plan: Plan,
  start: Checkpoint,
  observer: Observer,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { data, iterations, batch, accumulate, stages, precision, earlyStop, keepBest } = plan;
  const figures = tally(start.notes?.figures);
  let training: Required<Training> = {
    params: start.params,
    state: start.state,
    optimizer: start.optimizer,
    loss: start.loss ?? {},
  };
  let memory: Params = start.memory ?? {};
  let number = start.stage ?? 0, done = start.step, position = start.position;
  // Step at which the stage began; earlier than planned if a previous stage was stopped early.
  let first = start.notes?.first === undefined ? stepsBefore(stages, number) : +start.notes.first;
  let isOver = start.notes?.over === "true";
  let soFar: BestSoFar = JSON.parse(start.notes?.best ?? '{"since":0}');
  let unsaved = done === 0;
  let network = networkOf(plan, number);
  let evaluator = predictor(network, { precision });
  const ends: StageResult[] = JSON.parse(start.notes?.ends ?? "[]");
  let evaluation: Evaluation | undefined;
  let lastReport: (() => Promise<void>) | undefined;

  const standing = () => ({ stage: number + 1, stageName: stages[number].name });
  const head = () => ({
    network: network.name,
    seed: plan.seed,
    stage: number,
    step: done,
    position,
  });
  const settle = async () => {
    const report = lastReport;
    lastReport = undefined;
    await report?.();
  };
  const save = async () => {
    if (!unsaved) return;
    await settle();
    await expectFiniteParams(training.params, done);
    const path = await observer.save({
      ...training,
      memory,
      ...head(),
      notes: {
        recipe: plan.recipe,
        figures: figures.save(),
        ends: JSON.stringify(ends),
        best: JSON.stringify(soFar),
        first: String(first),
        over: String(isOver),
      },
    });
    unsaved = false;
    if (path) observer.tell({ kind: "checkpoint", step: done, path });
  };
  /** Updates the best evaluation and applies early stopping. */
  const compare = async (found: Evaluation) => {
    const now = { accuracy: found.mean, step: done, stage: number + 1 };
    const { before, iterations, goesOn } = spanOf(stages, number);
    const { phases = [] } = stages[number].loss;
    const phase = phaseAt(phases, (before + done - first) / iterations);
    soFar = withEvaluation(soFar, now, !goesOn && phase === phases.length);
    if (keepBest && soFar.best === now) {
      const { params, state } = training;
      await observer.keepBest({ ...head(), params, state, optimizer: {} });
    }
    const isInside = done < first + stages[number].iterations;
    if (earlyStop !== undefined && isInside && soFar.since >= earlyStop) isOver = true;
  };
  const evaluate = async () => {
    await settle();
    await expectFiniteParams(training.params, done);
    const on = async (images: ImageDataset) =>
      judge(await evaluator.predict(training, images), plan.counts, plan.groups);
    evaluation = await on(data.test);
    if (keepBest || earlyStop !== undefined) {
      await compare(plan.validation ? await on(plan.validation) : evaluation);
    }
    const { best } = soFar;
    observer.tell({ kind: "evaluation", step: done, iterations, ...standing(), evaluation, best });
  };

  /** Runs the remaining steps of the current stage, until it ends or is stopped. */
  const runStage = async () => {
    const stage = stages[number], end = first + stage.iterations;
    const images = batch * accumulate;
    const every = stage.projection?.every ?? Math.ceil(data.train.labels.length / images);
    const steps = stageSteps(plan, number, position);
    try {
      let began = performance.now();
      while (done < end && !isOver && !signal?.aborted) {
        const rate = stage.schedule(done - first);
        const before = training;
        const next = { iteration: done - first, rate, memory, isLast: done + 1 === end };
        const [output, settled] = await Promise.allSettled([steps.next(training, next), settle()]);
        if (output.status === "rejected") throw output.reason;
        training = output.value.training;
        for (const tree of Object.values(before)) disposeTree(tree);
        done++;
        position = output.value.position;
        unsaved = true;
        const now = performance.now(), step = done, milliseconds = now - began, place = standing();
        began = now;
        lastReport = async () => {
          const report = await output.value.report();
          expectFiniteLoss(report.loss, step);
          figures.add(report.loss, milliseconds);
          await observer.log(step, report, rate, place.stage);
          observer.tell({
            kind: "step",
            step,
            iterations,
            ...place,
            loss: report.loss,
            learningRate: rate,
            stepMs: milliseconds,
            imagesPerSecond: 1000 * images / milliseconds,
          });
        };
        if (settled.status === "rejected") throw settled.reason;
        if (stage.projection && ((done - first) % every === 0 || done === end)) {
          const changed = stage.projection.project(training.params, memory);
          training = { ...training, params: replaced(training.params, changed) };
        }
        // The last step of a stage is evaluated and saved by the outer loop.
        const evaluates = done < end && done % plan.evaluateEvery === 0;
        const saves = done < end && done % plan.checkpointEvery === 0;
        if (evaluates) await evaluate();
        if (isOver) break;
        if (saves) await save();
        if (evaluates || saves) began = performance.now();
      }
    } finally {
      await steps.close();
    }
  };

  try {
    for (;;) {
      const end = first + stages[number].iterations;
      if (done < end && !isOver) {
        await runStage();
        if (done < end && !isOver) break;
        if (isOver) observer.tell({ kind: "early stop", step: done, iterations, ...standing() });
      }
      const isLast = number === stages.length - 1;
      if (unsaved || isLast) {
        // A stage that was stopped early has just been evaluated.
        if (!isOver || evaluation === undefined) await evaluate();
        const { all, mean, head, medium, tail } = evaluation!;
        ends[number] = { name: stages[number].name, all, mean, head, medium, tail };
      }
      await save();
      if (isLast || signal?.aborted) break;
      const seed = stageSeed(plan, number + 1);
      const begun = await beginStage(plan, number + 1, training, seed);
      ({ training } = begun);
      disposeTree(memory);
      memory = begun.memory;
      first = done;
      number++;
      const { continues = false } = stages[number];
      isOver = false;
      soFar = { best: continues ? soFar.best : undefined, since: 0 };
      if (!continues) position = 0;
      if (networkOf(plan, number) !== network) {
        network = networkOf(plan, number);
        evaluator.dispose();
        evaluator = predictor(network, { precision });
      }
      unsaved = true;
      observer.tell({ kind: "stage", step: done, iterations, ...standing() });
    }
    await save();
    const end = first + stages[number].iterations;
    const complete = number === stages.length - 1 && (done === end || isOver);
    observer.tell({ kind: "end", step: done, iterations, interrupted: !complete });
    disposeTree(memory);
    return { step: done, complete, evaluation, best: soFar.best, ends, figures, training };
  } catch (error) {
    await lastReport?.().catch(() => {});
    for (const tree of [...Object.values(training), memory]) disposeTree(tree);
    throw error;
  } finally {
    evaluator.dispose();
  }
}

/** Returns the number of steps of the stages before a stage, if none was stopped early. */
function stepsBefore(stages: Plan["stages"], number: number): number {
  return stages.slice(0, number).reduce((sum, { iterations }) => sum + iterations, 0);
}
