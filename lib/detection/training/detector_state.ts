/**
 * The state of a detector's training as a checkpoint.
 *
 * @module
 */
import type { Checkpoint, Expected } from "../../checkpoints/checkpoint.ts";
import { expectSameTree } from "../../checkpoints/same_tree.ts";
import { CheckpointError } from "../../core/errors.ts";
import { disposeTree, flatten, type Params, unflatten } from "../../core/tree.ts";
import { parseRecentSteps, type RecentSteps, recentStepsText } from "../../loop/recent_steps.ts";
import { pretrained } from "../../runs/pretrained.ts";
import type { DetectorStep, DetectorTraining } from "../mask_rcnn/training_step.ts";
import type { DetectorPlan } from "./detector_plan.ts";

/** State of a detector's training between two steps. */
export interface DetectorState {
  /** Number of completed steps. */
  readonly step: number;
  /** Parameters, statistics, states of the loss and the optimizer. */
  readonly training: DetectorTraining;
  /** Losses and times of the recent steps. */
  readonly recent: RecentSteps;
}

/** Height and width of the image by which the constants of a loaded backbone are computed. */
const SIDE = 64;

/**
 * Creates the state before the first step, with the weights of the plan, if any, in the backbone.
 *
 * @param plan The training.
 * @param step Its step.
 * @returns The state, which owns its tensors, and a line about the loaded weights.
 * @throws {CheckpointError} If the weights cannot be read or belong to another network.
 */
export async function startDetector(
  plan: DetectorPlan,
  step: DetectorStep,
): Promise<{ state: DetectorState; summary?: string }> {
  const { weights, backbone, seed } = plan, fresh = step.start(seed);
  const begun = (training: DetectorTraining) => ({
    step: 0,
    training,
    recent: parseRecentSteps(undefined),
  });
  if (weights === undefined) return { state: begun(fresh) };
  try {
    const loaded = await pretrained(weights, backbone, seed, [SIDE, SIDE, 3]);
    for (const tree of [fresh.params.backbone, fresh.state.backbone]) disposeTree(tree as Params);
    const training = {
      ...fresh,
      params: { ...fresh.params, backbone: loaded.params },
      state: { ...fresh.state, backbone: loaded.state },
    };
    return { state: begun(training), summary: loaded.summary };
  } catch (error) {
    freeDetector(fresh);
    throw error;
  }
}

/** Frees the tensors of a training state. */
export function freeDetector(training: DetectorTraining): void {
  for (const tree of Object.values(training)) disposeTree(tree);
}

/**
 * Returns the checkpoint of a state.
 *
 * @param plan The training.
 * @param state Its state.
 * @param digest Digest of the training.
 * @returns The checkpoint, which shares the tensors of the state.
 */
export function detectorCheckpoint(
  { detector, recipe, seed, batch }: DetectorPlan,
  { step, training, recent }: DetectorState,
  digest: string,
): Checkpoint {
  const { loss, ...statistics } = training.state;
  return {
    network: detector.name,
    step,
    seed,
    position: step * batch,
    params: training.params,
    state: statistics,
    optimizer: training.optimizer,
    loss: loss as Params,
    training: digest,
    notes: { recipe: recipe.name, figures: recentStepsText(recent) },
  };
}

/**
 * Returns what a checkpoint of a detector must match.
 *
 * @param detector The detector.
 * @returns Its name, paths and shapes; the tensors are already disposed.
 */
export function expectedOfDetector({ detector }: Pick<DetectorPlan, "detector">): Expected {
  const { params, state } = detector.init(0), { loss, ...statistics } = state;
  for (const tree of [params, state]) disposeTree(tree);
  return { network: detector.name, params, state: statistics, loss: loss as Params };
}

/**
 * Returns the state that a checkpoint holds.
 *
 * @param plan The training.
 * @param checkpoint A checkpoint that matches the detector; its tensors are consumed, also on failure.
 * @param digest Digest of the training.
 * @param path The run folder, for error messages.
 * @returns The state.
 * @throws {CheckpointError} If the checkpoint belongs to another training.
 */
export function fromDetectorCheckpoint(
  plan: DetectorPlan,
  checkpoint: Checkpoint,
  digest: string,
  path: string,
): DetectorState {
  const { step, params, optimizer, loss = {}, notes = {} } = checkpoint;
  const training = { params, state: { ...checkpoint.state, loss }, optimizer };
  try {
    const isOwn = checkpoint.training === digest && checkpoint.seed === plan.seed &&
      checkpoint.position === step * plan.batch && step >= 0 && step <= plan.iterations;
    if (!isOwn) {
      throw new CheckpointError(
        `Expected the checkpoint of step ${step} in ${path} to belong to a training of the same data and ` +
          `settings but found one of another: remove it, or choose another folder`,
      );
    }
    const learned = flatten(params).filter(([name]) => !plan.detector.isFrozen(name));
    const fresh = plan.optimizer.init(unflatten(learned));
    disposeTree(fresh);
    training.optimizer = expectSameTree(path, "state of the optimizer", optimizer, fresh);
    return { step, training, recent: parseRecentSteps(notes.figures) };
  } catch (error) {
    freeDetector(training);
    throw error;
  }
}
