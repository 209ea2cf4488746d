/**
 * Comparing a saved tree with the one that a network needs.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { flatten, inOrderOf, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";

/** Maximum number of differences that the error message lists. */
const NAMED = 3;

/**
 * Checks that two trees have the same paths, shapes and types.
 *
 * @param path Path of the file, for the error message.
 * @param tree Name of the tree, for the error message.
 * @param found Tree in the file.
 * @param expected Tree that the network needs.
 * @returns The tree in the file, in the order of the other. The order of the inputs of a step decides how TensorFlow
 * arranges some of its operations, and so their roundings: a resumed training has to have that of one that was not
 * interrupted.
 * @throws {CheckpointError} If they differ; the message lists the first differences.
 */
export function expectSameTree(
  path: string,
  tree: string,
  found: Params,
  expected: Params,
): Params {
  const differences = treeDifferences(found, expected);
  if (differences.length === 0) return inOrderOf(found, expected);
  const more = differences.length - NAMED;
  throw new CheckpointError(
    `Expected ${path} to fit the network and the loss but its ${tree} differs: ` +
      differences.slice(0, NAMED).join("; ") + (more > 0 ? `; and ${more} more` : "") +
      `. It belongs to another network or loss, or to another number of classes`,
  );
}

/**
 * Lists differences of paths, shapes and types between two trees.
 *
 * @param found A tree.
 * @param expected The tree that it should be like.
 * @returns One phrase for each difference.
 */
export function treeDifferences(found: Params, expected: Params): string[] {
  const there = new Map(flatten(found).map(described)),
    needed = new Map(flatten(expected).map(described));
  const differences: string[] = [];
  for (const [name, shape] of needed) {
    const other = there.get(name);
    if (other === undefined) differences.push(`${name} ${shape} is missing`);
    else if (other !== shape) differences.push(`${name} is ${other} instead of ${shape}`);
  }
  for (const [name, shape] of there) {
    if (!needed.has(name)) differences.push(`${name} ${shape} has no place`);
  }
  return differences;
}

/** Shape of a tensor, with its type where that is not the usual one. */
function described([name, { shape, dtype }]: [string, tf.Tensor]): [string, string] {
  return [name, `[${shape}]${dtype === "float32" ? "" : ` ${dtype}`}`];
}
