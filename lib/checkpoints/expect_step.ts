/**
 * Check of a checkpoint against the name of its file.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { freeTrees } from "./trees.ts";

/**
 * Checks that a checkpoint is of the step that its name tells.
 *
 * @param path The run folder.
 * @param name Name of the file.
 * @param found The checkpoint; its tensors are freed if it is of another step.
 * @returns The checkpoint.
 * @throws {CheckpointError} If it is of another step.
 */
export function expectStep(path: string, name: string, found: Checkpoint): Checkpoint {
  if (name === `checkpoint-${found.step}.safetensors`) return found;
  freeTrees(found);
  throw new CheckpointError(
    `Expected ${path}/${name} to be of the step in its name but found step ${found.step}: remove it`,
  );
}
