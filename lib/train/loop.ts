/**
 * The training loop.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import { batches } from "../data/batches/mod.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Evaluation } from "./evaluation.ts";
import { judge } from "./evaluate.ts";
import { expectFiniteLoss, expectFiniteParams } from "./finite.ts";
import type { Plan } from "./plan.ts";
import { predictor } from "./predict.ts";
import type { TrainEvent } from "./progress.ts";
import { type StepReport, type Training, trainingStep } from "./step.ts";
import { type Tally, tally } from "./tally.ts";

/** Who wants to know what the loop does. */
export interface Observer {
  /** Told of everything that happens. */
  tell(event: TrainEvent): void;
  /** Told the details of every step, for the logs. */
  log(step: number, report: StepReport, learningRate: number): Promise<void>;
  /** Keeps a checkpoint; returns its path, or nothing where none are kept. */
  save(checkpoint: Checkpoint): Promise<string | undefined>;
}

/** How a loop ended. */
export interface Outcome {
  /** Steps done. */
  readonly step: number;
  /** The last evaluation; missing if it was stopped before any. */
  readonly evaluation?: Evaluation;
  /** Losses and step times. */
  readonly figures: Tally;
  /** The end; its tensors are the caller's. */
  readonly training: Training;
}

/**
 * Trains. While a step runs, the batch of the next one is prepared and the report of the last one is read.
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
  const { data, network, iterations, batch, schedule, seed, precision } = plan;
  const figures = tally(start.notes?.figures);
  const step = trainingStep(plan);
  const evaluator = predictor(network, { precision });
  const stream = plan.sampler(data.train.labels, { seed, position: start.position });
  const prepared = batches(data.train, stream, {
    batch,
    views: plan.views,
    seed,
    workers: plan.workers,
  });
  const source = prepared[Symbol.asyncIterator]();
  let training: Required<Training> = {
    params: start.params,
    state: start.state,
    optimizer: start.optimizer,
    loss: start.loss ?? {},
  };
  let done = start.step, position = start.position, saved = start.step > 0 ? start.step : -1;
  let evaluation: Evaluation | undefined;
  let lastReport: (() => Promise<void>) | undefined;

  const settle = async () => {
    const report = lastReport;
    lastReport = undefined;
    await report?.();
  };
  const save = async () => {
    if (saved === done) return;
    await settle();
    await expectFiniteParams(training.params, done);
    const notes = { recipe: plan.recipe, figures: figures.save() };
    const path = await observer.save({
      ...training,
      network: network.name,
      seed,
      step: done,
      position,
      notes,
    });
    saved = done;
    if (path) observer.tell({ kind: "checkpoint", step: done, path });
  };
  const evaluate = async () => {
    await settle();
    await expectFiniteParams(training.params, done);
    evaluation = judge(await evaluator.predict(training, data.test), plan.counts);
    observer.tell({ kind: "evaluation", step: done, iterations, evaluation });
  };

  try {
    let next = done < iterations ? source.next() : undefined;
    let began = performance.now();
    while (done < iterations && !signal?.aborted) {
      const { images, labels, position: drawn } = (await next!).value!;
      const rate = schedule(done);
      const shape = [plan.views.length * labels.length, ...data.train.shape];
      const running = step.run(training, { data: images, shape }, labels, rate, done);
      next = done + 1 < iterations ? source.next() : undefined;
      next?.catch(() => {});
      const before = training;
      const [output, settled] = await Promise.allSettled([running, settle()]);
      if (output.status === "rejected") throw output.reason;
      training = output.value.training;
      for (const tree of Object.values(before)) disposeTree(tree);
      done++;
      position = drawn;
      const now = performance.now(), number = done, milliseconds = now - began;
      began = now;
      lastReport = async () => {
        const report = await output.value.report();
        expectFiniteLoss(report.loss, number);
        figures.add(report.loss, milliseconds);
        await observer.log(number, report, rate);
        observer.tell({
          kind: "step",
          step: number,
          iterations,
          loss: report.loss,
          learningRate: rate,
          stepMs: milliseconds,
          imagesPerSecond: 1000 * batch / milliseconds,
        });
      };
      if (settled.status === "rejected") throw settled.reason;
      const evaluates = done === iterations || done % plan.evaluateEvery === 0;
      const saves = done === iterations || done % plan.checkpointEvery === 0;
      if (evaluates) await evaluate();
      if (saves) await save();
      if (evaluates || saves) began = performance.now();
    }
    if (done === iterations && !evaluation) await evaluate();
    await save();
    observer.tell({ kind: "end", step: done, iterations, interrupted: done < iterations });
    return { step: done, evaluation, figures, training };
  } catch (error) {
    await lastReport?.().catch(() => {});
    for (const tree of Object.values(training)) disposeTree(tree);
    throw error;
  } finally {
    await prepared.close();
    step.dispose();
    evaluator.dispose();
  }
}
