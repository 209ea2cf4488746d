/**
 * The training loop.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { disposeTree, type Params } from "../core/tree.ts";
import { batchSource } from "./batch_source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Evaluation } from "./evaluation.ts";
import { judge } from "./evaluate.ts";
import { expectFiniteLoss, expectFiniteParams } from "./finite.ts";
import type { Plan } from "./plan.ts";
import { predictor } from "./predict.ts";
import type { TrainEvent } from "./progress.ts";
import type { StageResult } from "./result.ts";
import { beginStage, replaced } from "./stages/begin.ts";
import { networkOf } from "./stages/network.ts";
import { type StepReport, type Training, trainingStep } from "./step.ts";
import { type Tally, tally } from "./tally.ts";

/** Who wants to know what the loop does. */
export interface Observer {
  /** Told of everything that happens. */
  tell(event: TrainEvent): void;
  /** Told the details of every step, for the logs. */
  log(step: number, report: StepReport, learningRate: number, stage: number): Promise<void>;
  /** Keeps a checkpoint; returns its path, or nothing where none are kept. */
  save(checkpoint: Checkpoint): Promise<string | undefined>;
}

/** How a loop ended. */
export interface Outcome {
  /** Steps done. */
  readonly step: number;
  /** Whether nothing is left to do. */
  readonly complete: boolean;
  /** The last evaluation; missing if it was stopped before any. */
  readonly evaluation?: Evaluation;
  /** How good the network was at the end of each stage. */
  readonly ends: readonly StageResult[];
  /** Losses and step times. */
  readonly figures: Tally;
  /** The end; its tensors are the caller's. */
  readonly training: Training;
}

/**
 * Trains, stage after stage. While a step runs, the batch of the next one is prepared and the report of the last one
 * is read.
 *
 * @param plan What to train and how.
 * @param start Where to start, from a checkpoint or from new parameters; its tensors are used up.
 * @param observer Who wants to know.
 * @param signal Stops it after the running step.
 * @returns How it ended.
 * @throws {DivergedError} If a loss or a parameter is not finite, naming the step.
 */
export async function loop(
  plan: Plan,
  start: Checkpoint,
  observer: Observer,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { data, iterations, batch, stages, precision } = plan;
  const figures = tally(start.notes?.figures);
  let training: Required<Training> = {
    params: start.params,
    state: start.state,
    optimizer: start.optimizer,
    loss: start.loss ?? {},
  };
  let memory: Params = start.memory ?? {};
  let number = start.stage ?? 0, done = start.step, position = start.position;
  let unsaved = done === 0;
  let network = networkOf(plan, number);
  let evaluator = predictor(network, { precision });
  const ends: StageResult[] = JSON.parse(start.notes?.ends ?? "[]");
  let evaluation: Evaluation | undefined;
  let lastReport: (() => Promise<void>) | undefined;

  const standing = () => ({ stage: number + 1, stageName: stages[number].name });
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
      network: network.name,
      seed: plan.seed,
      stage: number,
      step: done,
      position,
      notes: { recipe: plan.recipe, figures: figures.save(), ends: JSON.stringify(ends) },
    });
    unsaved = false;
    if (path) observer.tell({ kind: "checkpoint", step: done, path });
  };
  const evaluate = async () => {
    await settle();
    await expectFiniteParams(training.params, done);
    evaluation = judge(await evaluator.predict(training, data.test), plan.counts);
    observer.tell({ kind: "evaluation", step: done, iterations, ...standing(), evaluation });
  };

  /** The steps of a stage, from where it stands up to its end or until it is stopped. */
  const runStage = async (first: number) => {
    const stage = stages[number], end = first + stage.iterations;
    const seed = stageSeed(plan.seed, number);
    const step = trainingStep({
      ...plan,
      ...stage,
      network,
      // What a stage remembers at its beginning is the network of the one before.
      teacher: networkOf(plan, number - 1),
      mixedLoss: stage.mixing?.loss,
      seed,
    });
    const every = stage.projection?.every ?? Math.ceil(data.train.labels.length / batch);
    const source = batchSource(stage, data, { ...plan, seed, position });
    try {
      let next = source.next();
      let began = performance.now();
      while (done < end && !signal?.aborted) {
        const { images, labels, mixed, position: drawn } = await next;
        const rate = stage.schedule(done - first);
        const shape = [(stage.loss.views ?? 1) * labels.length, ...data.train.shape];
        const inputs = { data: images, shape };
        const running = step.run(training, inputs, labels, rate, done - first, { mixed, memory });
        if (done + 1 < end) next = source.next();
        next.catch(() => {});
        const before = training;
        const [output, settled] = await Promise.allSettled([running, settle()]);
        if (output.status === "rejected") throw output.reason;
        training = output.value.training;
        for (const tree of Object.values(before)) disposeTree(tree);
        done++;
        position = drawn;
        unsaved = true;
        const now = performance.now(), steps = done, milliseconds = now - began, place = standing();
        began = now;
        lastReport = async () => {
          const report = await output.value.report();
          expectFiniteLoss(report.loss, steps);
          figures.add(report.loss, milliseconds);
          await observer.log(steps, report, rate, place.stage);
          observer.tell({
            kind: "step",
            step: steps,
            iterations,
            ...place,
            loss: report.loss,
            learningRate: rate,
            stepMs: milliseconds,
            imagesPerSecond: 1000 * batch / milliseconds,
          });
        };
        if (settled.status === "rejected") throw settled.reason;
        if (stage.projection && ((done - first) % every === 0 || done === end)) {
          const changed = stage.projection.project(training.params, memory);
          training = { ...training, params: replaced(training.params, changed) };
        }
        // The end of a stage is evaluated and saved below.
        const evaluates = done < end && done % plan.evaluateEvery === 0;
        const saves = done < end && done % plan.checkpointEvery === 0;
        if (evaluates) await evaluate();
        if (saves) await save();
        if (evaluates || saves) began = performance.now();
      }
    } finally {
      await source.close();
      step.dispose();
    }
  };

  try {
    let first = stages.slice(0, number).reduce((sum, stage) => sum + stage.iterations, 0);
    for (;;) {
      const end = first + stages[number].iterations;
      if (done < end) {
        await runStage(first);
        if (done < end) break;
      }
      const isLast = number === stages.length - 1;
      if (unsaved || isLast) {
        await evaluate();
        const { all, mean, head, medium, tail } = evaluation!;
        ends[number] = { name: stages[number].name, all, mean, head, medium, tail };
      }
      await save();
      if (isLast || signal?.aborted) break;
      const seed = stageSeed(plan.seed, number + 1);
      const begun = await beginStage(plan, number + 1, training, seed);
      ({ training } = begun);
      disposeTree(memory);
      memory = begun.memory;
      first = end;
      number++;
      if (networkOf(plan, number) !== network) {
        network = networkOf(plan, number);
        evaluator.dispose();
        evaluator = predictor(network, { precision });
      }
      position = 0;
      unsaved = true;
      observer.tell({ kind: "stage", step: done, iterations, ...standing() });
    }
    await save();
    const complete = done === iterations && number === stages.length - 1;
    observer.tell({ kind: "end", step: done, iterations, interrupted: !complete });
    disposeTree(memory);
    return { step: done, complete, evaluation, ends, figures, training };
  } catch (error) {
    await lastReport?.().catch(() => {});
    for (const tree of [...Object.values(training), memory]) disposeTree(tree);
    throw error;
  } finally {
    evaluator.dispose();
  }
}

/** Seed of a stage: the training's own for the first, others for the later ones. */
function stageSeed(seed: number, stage: number): number {
  return stage === 0 ? seed : rng(seed).fork(`stage ${stage}`).seed;
}
