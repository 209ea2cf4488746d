/**
 * Transitions of a training: each consumes a state and returns the next.
 *
 * @module
 */
import { isAbort } from "../core/abort.ts";
import { disposeTree } from "../core/tree.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { type Evaluation, metricsOf } from "../inference/evaluate.ts";
import { expectFiniteLoss, expectFiniteParams } from "../inference/finite.ts";
import type { Predictor } from "../inference/predict.ts";
import type { Network } from "../nn/network.ts";
import type { AgreedStop } from "./agreed_stop.ts";
import { withEvaluation } from "./best.ts";
import type { Observer } from "./observer.ts";
import type { Plan } from "./plan.ts";
import type { EvaluationEvent } from "./progress.ts";
import { withStep } from "./recent_steps.ts";
import { copiedState } from "./copied_state.ts";
import { beginStage } from "./stages/begin.ts";
import { networkOf } from "./stages/network.ts";
import { phaseAt } from "./stages/phase.ts";
import { spanOf } from "./stages/span.ts";
import {
  bestCheckpoint,
  isLastStage,
  isStageOver,
  stageEnd,
  toCheckpoint,
  type TrainState,
} from "./train_state.ts";

/** What the transitions use besides the state. */
export interface LoopContext {
  /** The training. */
  readonly plan: Plan;
  /** Callbacks for progress, logs and checkpoints. */
  readonly observer: Observer;
  /** When the training stops early. */
  readonly stop: AgreedStop;
  /** Returns the predictor of a network, which is traced once for consecutive stages. */
  predictor(network: Network): Predictor;
}

/**
 * Reads the report of the last step: checks the loss, logs it, and emits the event of the step.
 *
 * @param context The training and its callbacks.
 * @param state State after any step.
 * @returns The state without a pending report.
 * @throws {DivergedError} If the loss is not finite.
 */
export async function settle(context: LoopContext, state: TrainState): Promise<TrainState> {
  const { plan, observer, stop } = context;
  const { pending, ...settled } = state;
  if (!pending) return state;
  const { step, learningRate, milliseconds } = pending;
  const report = stop.hear(await pending.report());
  expectFiniteLoss(report.loss, step);
  const recent = withStep(state.recent, report.loss, milliseconds);
  const position = eventPosition(plan, { ...state, step });
  await observer.log(step, report, learningRate, position.stage);
  observer.emit({
    kind: "step",
    ...position,
    loss: report.loss,
    learningRate,
    stepMs: milliseconds,
    imagesPerSecond: 1000 * plan.batch * plan.accumulate / milliseconds,
  });
  return { ...settled, recent };
}

/**
 * Evaluates the network; updates the best evaluation and applies early stopping if the training tracks it.
 *
 * @param context The training and its callbacks.
 * @param unsettled State after any step.
 * @returns The state with the evaluation, `isStopped` if the stage ends with it; `isUnevaluated` if it was interrupted.
 * @throws {DivergedError} If a parameter or a logit is not finite.
 */
export async function evaluate(context: LoopContext, unsettled: TrainState): Promise<TrainState> {
  const { plan, observer, stop: { signal } } = context;
  const settled = await settle(context, unsettled);
  await expectFiniteParams(settled.params, settled.step);
  const { predict } = context.predictor(networkOf(plan, settled.stage));
  const on = async (images: ImageDataset) =>
    metricsOf(await predict(settled, images, signal), plan.counts, plan.groups);
  let evaluation: Evaluation, selectedBy: Evaluation;
  try {
    evaluation = await on(plan.data.test);
    selectedBy = plan.validation ? await on(plan.validation) : evaluation;
  } catch (error) {
    if (isAbort(error, signal)) return { ...settled, isUnevaluated: true };
    throw error;
  }
  // A checkpoint of the interruption is replaced.
  const isSaved = settled.isSaved && !settled.isUnevaluated;
  const evaluated = { ...settled, evaluation, isUnevaluated: false, isSaved };
  const state = plan.keepBest || plan.earlyStop !== undefined
    ? await compare(context, evaluated, selectedBy)
    : evaluated;
  const { best } = state.bestSoFar;
  observer.emit({ kind: "evaluation", ...eventPosition(plan, state), evaluation, best });
  return state;
}

/** Compares an evaluation with the best one, keeps the network if it is better, and applies early stopping. */
async function compare(
  { plan, observer }: LoopContext,
  state: TrainState,
  { mean }: Evaluation,
): Promise<TrainState> {
  const { stages, earlyStop } = plan;
  const { before, iterations, isContinued } = spanOf(stages, state.stage);
  const { phases = [] } = stages[state.stage].loss;
  const phase = phaseAt(phases, (before + state.step - state.first) / iterations);
  const now = { accuracy: mean, step: state.step, stage: state.stage + 1 };
  const bestSoFar = withEvaluation(state.bestSoFar, now, !isContinued && phase === phases.length);
  if (plan.keepBest && bestSoFar.best === now) await observer.keepBest(bestCheckpoint(plan, state));
  const stops = earlyStop !== undefined && bestSoFar.since >= earlyStop &&
    state.step < stageEnd(plan, state);
  return { ...state, bestSoFar, isStopped: state.isStopped || stops };
}

/**
 * Writes a checkpoint, unless the current step has one.
 *
 * @param context The training and its callbacks.
 * @param unsettled State after any step.
 * @returns The state, saved.
 * @throws {DivergedError} If a parameter is not finite.
 */
export async function save(context: LoopContext, unsettled: TrainState): Promise<TrainState> {
  if (unsettled.isSaved) return unsettled;
  const { plan, observer } = context;
  const state = await settle(context, unsettled);
  await expectFiniteParams(state.params, state.step);
  const path = await observer.save(toCheckpoint(plan, state));
  if (path) observer.emit({ kind: "checkpoint", step: state.step, path });
  return { ...state, isSaved: true };
}

/**
 * Ends a stage: evaluates, records its accuracies unless the evaluation is interrupted, and writes a checkpoint.
 *
 * @param context The training and its callbacks.
 * @param state State after the last step of the stage.
 * @returns The state, evaluated and saved.
 */
export async function endStage(context: LoopContext, state: TrainState): Promise<TrainState> {
  const { plan } = context;
  if (state.isSaved && !state.isUnevaluated && !isLastStage(plan, state)) return state;
  // A stage that was stopped early has just been evaluated.
  const isEvaluated = state.isStopped && state.evaluation !== undefined;
  const ended = isEvaluated ? state : await evaluate(context, state);
  if (ended.isUnevaluated) return await save(context, ended);
  const { all, mean, head, medium, tail } = ended.evaluation!;
  const ends = [...ended.ends];
  ends[ended.stage] = { name: plan.stages[ended.stage].name, all, mean, head, medium, tail };
  return await save(context, { ...ended, ends });
}

/**
 * Begins the next stage.
 *
 * @param context The training and its callbacks.
 * @param state State at the end of a stage that is not the last; its tensors are consumed, unless it is interrupted.
 * @returns The state before the first step of the next stage.
 * @throws {unknown} The reason of the signal, if it is aborted.
 */
export async function beginNextStage(
  { plan, observer, stop }: LoopContext,
  state: TrainState,
): Promise<TrainState> {
  const stage = state.stage + 1, { continues = false } = plan.stages[stage];
  const { training, memory } = await beginStage(plan, stage, state, stop.signal);
  disposeTree(state.memory);
  const begun = {
    ...state,
    ...await copiedState(plan.cluster, { ...training, memory }),
    stage,
    first: state.step,
    position: continues ? state.position : 0,
    isStopped: false,
    bestSoFar: { best: continues ? state.bestSoFar.best : undefined, since: 0 },
    isSaved: false,
  };
  observer.emit({ kind: "stage", ...eventPosition(plan, begun) });
  return begun;
}

/**
 * Emits that the training has ended or was interrupted.
 *
 * @param context The training and its callbacks.
 * @param state Final state.
 * @returns Whether the training has ended.
 */
export function finish({ plan, observer }: LoopContext, state: TrainState): boolean {
  const isComplete = isLastStage(plan, state) && isStageOver(plan, state) && !state.isUnevaluated;
  const { iterations } = plan;
  observer.emit({ kind: "end", step: state.step, iterations, interrupted: !isComplete });
  return isComplete;
}

/**
 * Returns the fields of an event that locate it in the training.
 *
 * @param plan The training.
 * @param state Its state.
 * @returns Steps done and planned, number of the stage from 1, and its name.
 */
export function eventPosition(
  { iterations, stages }: Plan,
  { step, stage }: Pick<TrainState, "step" | "stage">,
): Pick<EvaluationEvent, "step" | "iterations" | "stage" | "stageName"> {
  return { step, iterations, stage: stage + 1, stageName: stages[stage].name };
}
