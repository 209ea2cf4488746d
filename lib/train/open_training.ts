/**
 * Beginning or resuming a training: its run folder and the state that it starts from.
 *
 * @module
 */
import { machine } from "../core/machine.ts";
import { freeTrees } from "../checkpoints/trees.ts";
import { hasCheckpoint, openRunFolder, type RunFolder } from "../runs/run_folder.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { describe, requestedSettings } from "./describe_training.ts";
import { expectCheckpoint, expectedOfStage } from "./expect_checkpoint.ts";
import { type InitialState, initialState } from "./initial_state.ts";
import { expectLengthens, shorterPlan } from "./lengthen.ts";
import type { Preparation, ResolvedPlan } from "./plan.ts";
import { trainingDigest } from "./training_digest.ts";

/** A training that is ready to run. */
export interface OpenedTraining {
  /** Its run folder, locked; missing if nothing is written. The caller disposes it. */
  readonly folder?: RunFolder;
  /** The state to start from; the caller owns its tensors. */
  readonly start: InitialState;
  /** Digest of the training, for its checkpoints. */
  readonly digest: string;
}

/**
 * Opens the run folder of a training and loads its newest checkpoint, or initialises its state.
 *
 * @param plan Resolved configuration of the training.
 * @param options Its options: the folder, and whether to resume.
 * @param preparation Its recipe and data, for the plan of a shorter run that it extends.
 * @returns The folder and the state.
 * @throws {UsageError} If the folder contains another run.
 * @throws {BusyError} If another process trains in the folder.
 * @throws {CheckpointError} If the folder cannot be written to, or its checkpoint does not match the training.
 */
export async function openTraining(
  plan: ResolvedPlan,
  options: TrainOptions,
  preparation: Preparation,
): Promise<OpenedTraining> {
  const { out, resume = false, keep = 2 } = options;
  const described = describe(plan);
  if (out === undefined) {
    return { start: await initialState(plan), digest: trainingDigest(described.training) };
  }
  const config = {
    ...described,
    machine: await machine(),
    ...requestedSettings(options, plan),
  };
  const shorter = shorterPlan(options, preparation, plan);
  // Initialised before anything is written, but not when resuming, since the weights file may no longer exist then.
  let start = resume && await hasCheckpoint(out) ? undefined : await initialState(plan);
  let folder: RunFolder | undefined;
  try {
    const existing = shorter ? { ...config, training: describe(shorter).training } : config;
    folder = await openRunFolder(out, existing, { resume, keep });
    const digest = trainingDigest(folder.training);
    const found = resume ? await folder.latest((stage) => expectedOfStage(plan, stage)) : undefined;
    if (found) {
      if (start) freeTrees(start);
      start = found;
      start = expectCheckpoint(plan, digest, found, out);
    }
    start ??= await initialState(plan);
    if (shorter) {
      expectLengthens(start, shorter, plan);
      await folder.lengthen(config);
    }
    return { folder, start, digest };
  } catch (error) {
    if (start) freeTrees(start);
    await folder?.[Symbol.asyncDispose]();
    throw error;
  }
}
