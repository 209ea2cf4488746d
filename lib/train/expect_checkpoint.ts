/**
 * Checks that a training may resume from a checkpoint.
 *
 * @module
 */
import type { Checkpoint, Expected } from "../checkpoints/checkpoint.ts";
import { expectedOf } from "../checkpoints/expected.ts";
import { expectSameTree } from "../checkpoints/same_tree.ts";
import { CheckpointError } from "../core/errors.ts";
import { disposeTree, type Params } from "../core/tree.ts";
import { initLoss } from "../loop/init_loss.ts";
import { networkOf } from "../loop/stages/network.ts";
import { trainedParams } from "../loop/stages/paths.ts";
import type { ResolvedPlan } from "./plan.ts";

/**
 * Returns what a checkpoint of a stage must match.
 *
 * @param plan The training.
 * @param stage Index of the stage in the checkpoint.
 * @returns Name, paths and shapes of the network.
 * @throws {CheckpointError} If the training has no such stage.
 */
export function expectedOfStage(plan: ResolvedPlan, stage: number): Expected {
  if (!(stage >= 0 && stage < plan.stages.length)) {
    throw new CheckpointError(
      `Expected a checkpoint of a stage from 0 to ${
        plan.stages.length - 1
      } but found one of ${stage}`,
    );
  }
  return expectedOf(networkOf(plan, stage), plan.data.train.shape);
}

/**
 * Checks that a checkpoint is one of a training: of its recipe, seed, data and settings, at one of its steps, with the
 * states of its optimizer and its loss.
 *
 * @param plan The training.
 * @param digest From `trainingDigest`.
 * @param found The checkpoint, whose network has been checked; the caller keeps ownership.
 * @param path The run folder, for the error message.
 * @returns The checkpoint, with the states in the order in which the training initialises them.
 * @throws {CheckpointError} If something differs; the message names it.
 */
export function expectCheckpoint(
  plan: ResolvedPlan,
  digest: string,
  found: Checkpoint,
  path: string,
): Checkpoint {
  const { notes = {}, stage: number = 0, params, step, position } = found;
  const where = `the checkpoint of step ${step} in ${path}`;
  const expect = (holds: boolean, wanted: string, is: unknown) => {
    if (holds) return;
    throw new CheckpointError(
      `Expected ${where} to ${wanted} but found ${is}: remove it, or choose another folder`,
    );
  };
  const { recipe = plan.recipe } = notes;
  expect(recipe === plan.recipe, `be one of the recipe ${plan.recipe}`, recipe);
  expect(found.seed === plan.seed, `have the seed ${plan.seed}`, found.seed);
  const known = found.training === undefined || found.training === digest;
  expect(known, "belong to a training of the same data and settings", "one of another");
  expect(
    step >= 0 && step <= plan.iterations,
    `be of a step from 0 to ${plan.iterations}`,
    step,
  );
  const images = plan.batch * plan.accumulate;
  expect(
    position >= 0 && position <= step * images && position % images === 0,
    `have drawn whole batches of ${images} images, at most ${step}`,
    `${position} images`,
  );
  expect(areNotes(notes, step), "have notes of the training loop", "other ones");

  const stage = plan.stages[number];
  const optimizer = expectState(
    path,
    "state of the optimizer",
    found.optimizer,
    () => stage.optimizer.init(trainedParams(stage, params)),
  );
  const model = { network: networkOf(plan, number), params, state: found.state };
  const loss = expectState(
    path,
    "state of the loss",
    found.loss ?? {},
    () => initLoss(stage.loss, model, { batch: plan.batch, shape: plan.data.train.shape }),
  );
  return { ...found, optimizer, loss };
}

function expectState(path: string, name: string, found: Params, fresh: () => Params): Params {
  const expected = fresh();
  try {
    return expectSameTree(path, name, found, expected);
  } finally {
    disposeTree(expected);
  }
}

/** Whether the notes can be read by the training loop. */
function areNotes(notes: Readonly<Record<string, string>>, step: number): boolean {
  const { figures = '{"losses":[],"stepMs":null}', ends = "[]", best = '{"since":0}' } = notes;
  const { first = "0", over = "false", unevaluated = "false" } = notes;
  try {
    const { losses, stepMs } = JSON.parse(figures), { since } = JSON.parse(best);
    return Array.isArray(losses) && losses.every(Number.isFinite) &&
      (stepMs === null || Number.isFinite(stepMs)) && Array.isArray(JSON.parse(ends)) &&
      Number.isSafeInteger(since) && Number.isSafeInteger(Number(first)) && Number(first) >= 0 &&
      Number(first) <= step && [over, unevaluated].every((is) => is === "true" || is === "false");
  } catch {
    return false;
  }
}
