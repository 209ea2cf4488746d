/**
 * The state of a training between two steps.
 *
 * @module
 */
import { stepsBefore } from "./stages/span.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Params } from "../core/tree.ts";
import type { Evaluation } from "../inference/evaluate.ts";
import type { BestSoFar } from "./best.ts";
import type { StepState } from "./step_definition.ts";
import type { Plan } from "./plan.ts";
import { parseRecentSteps, type RecentSteps, recentStepsText } from "./recent_steps.ts";
import { networkOf } from "./stages/network.ts";
import type { StageResult } from "./stages/result.ts";
import type { StepReport } from "./step_report.ts";

/** A step whose report has not been read yet. */
export interface PendingStep {
  /** Number of the step, from 1. */
  readonly step: number;
  /** Learning rate of the step. */
  readonly learningRate: number;
  /** Its time in milliseconds. */
  readonly milliseconds: number;
  /** Reads the report and frees its tensors; call only once. */
  report(): Promise<StepReport>;
}

/** State of a training. Values are never changed; a transition consumes the tensors and returns the next state. */
export interface TrainState extends StepState {
  /** State that the stage recorded at its beginning. */
  readonly memory: Params;
  /** Index of the stage, from 0. */
  readonly stage: number;
  /** Number of completed steps over all stages. */
  readonly step: number;
  /** Step at which the stage began; earlier than planned if a previous stage was stopped early. */
  readonly first: number;
  /** Number of images that the stage and those that it continues have drawn. */
  readonly position: number;
  /** Whether the evaluation after the last step was interrupted, so that it is still to be done. */
  readonly isUnevaluated: boolean;
  /** Whether early stopping has ended the stage. */
  readonly isStopped: boolean;
  /** The best evaluation so far, for early stopping and for keeping the best network. */
  readonly bestSoFar: BestSoFar;
  /** Accuracies at the end of each stage. */
  readonly ends: readonly StageResult[];
  /** The last evaluation in this process. */
  readonly evaluation?: Evaluation;
  /** Losses and times of the recent steps. */
  readonly recent: RecentSteps;
  /** The last step, until its report is read while the next one runs. */
  readonly pending?: PendingStep;
  /** Whether a checkpoint of this step exists. */
  readonly isSaved: boolean;
}

/**
 * Returns the state that a checkpoint holds.
 *
 * @param plan The training.
 * @param checkpoint A checkpoint of it, or its initial state; its tensors are consumed.
 * @returns The state.
 */
export function fromCheckpoint(plan: Plan, checkpoint: Checkpoint): TrainState {
  const { params, state, optimizer, loss = {}, memory = {} } = checkpoint;
  const { step, stage = 0, position, notes = {} } = checkpoint;
  return {
    ...{ params, state, optimizer, loss, memory },
    ...{ stage, step, position },
    first: notes.first === undefined ? stepsBefore(plan.stages, stage) : Number(notes.first),
    isUnevaluated: notes.unevaluated === "true",
    isStopped: notes.over === "true",
    bestSoFar: JSON.parse(notes.best ?? '{"since":0}'),
    ends: JSON.parse(notes.ends ?? "[]"),
    recent: parseRecentSteps(notes.figures),
    isSaved: step > 0,
  };
}

/**
 * Returns the checkpoint of a state.
 *
 * @param plan The training.
 * @param state Its state, whose last report has been read.
 * @returns The checkpoint, which shares the tensors of the state.
 */
export function toCheckpoint(plan: Plan, state: TrainState): Checkpoint {
  return {
    ...bestCheckpoint(plan, state),
    optimizer: state.optimizer,
    loss: state.loss,
    memory: state.memory,
    notes: {
      recipe: plan.recipe,
      figures: recentStepsText(state.recent),
      ends: JSON.stringify(state.ends),
      best: JSON.stringify(state.bestSoFar),
      first: String(state.first),
      over: String(state.isStopped),
      unevaluated: String(state.isUnevaluated),
    },
  };
}

/**
 * Returns a checkpoint of the network alone, for `best.safetensors`.
 *
 * @param plan The training.
 * @param state Its state.
 * @returns The checkpoint, which shares the tensors of the state.
 */
export function bestCheckpoint(plan: Plan, state: TrainState): Checkpoint {
  const { stage, step, position, params, state: statistics } = state;
  const network = networkOf(plan, stage).name;
  return {
    network,
    seed: plan.seed,
    stage,
    step,
    position,
    params,
    state: statistics,
    optimizer: {},
  };
}

/**
 * Returns the step at which the current stage ends.
 *
 * @param plan The training.
 * @param state Its state.
 * @returns The number of completed steps at its end.
 */
export function stageEnd({ stages }: Plan, { stage, first }: TrainState): number {
  return first + stages[stage].iterations;
}

/**
 * Returns whether the current stage has ended, by its number of steps or by early stopping.
 *
 * @param plan The training.
 * @param state Its state.
 * @returns Whether it has.
 */
export function isStageOver(plan: Plan, state: TrainState): boolean {
  return state.isStopped || state.step >= stageEnd(plan, state);
}

/**
 * Returns whether the current stage is the last.
 *
 * @param plan The training.
 * @param state Its state.
 * @returns Whether it is.
 */
export function isLastStage({ stages }: Plan, { stage }: TrainState): boolean {
  return stage === stages.length - 1;
}
