/**
 * The trees of tensors in a checkpoint.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { disposeTree, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { SafetensorsTensor } from "../safetensors/format.ts";
import { expectNumbers } from "./values.ts";

/** Names of the trees, with which the names of their tensors begin. */
export const TREES = ["params", "state", "optimizer", "loss", "memory"] as const;

/** Trees of tensors by name. */
export type Trees = { readonly [Tree in (typeof TREES)[number]]?: Params };

/**
 * Frees the tensors of a checkpoint or of the state of a training; those that are freed already are skipped.
 *
 * @param trees The trees, not to be used afterwards.
 */
export function freeTrees(trees: Trees): void {
  for (const tree of TREES) disposeTree(trees[tree] ?? {});
}

/**
 * Creates the trees of a checkpoint.
 *
 * @param tensors Tensors of the file.
 * @param path Path of the file, for error messages.
 * @returns The trees; the caller owns their tensors.
 * @throws {DamagedCheckpointError} If a number is not finite, or a variance is negative.
 * @throws {CheckpointError} If a tensor belongs to no tree, is of another type, or names contradict each other.
 */
export function toTrees(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  path: string,
): Record<(typeof TREES)[number], Params> {
  const entries = new Map<string, [string, tf.Tensor][]>(TREES.map((tree) => [tree, []]));
  const wrong = (found: string) =>
    new CheckpointError(`Expected ${path} to hold ${TREES.join(", ")} but ${found}`);
  try {
    for (const [name, stored] of tensors) {
      const slash = name.indexOf("/"), tree = entries.get(name.slice(0, slash));
      if (!tree) throw wrong(`found ${name}`);
      const tensor = toTensor(path, name, stored);
      if (!tensor) throw wrong(`${name} has the type ${stored.type}`);
      tree.push([name.slice(slash + 1), tensor]);
    }
    const trees = TREES.map((tree) => [tree, unflatten(entries.get(tree)!)] as const);
    return Object.fromEntries(trees) as Record<(typeof TREES)[number], Params>;
  } catch (error) {
    for (const list of entries.values()) list.forEach(([, tensor]) => tensor.dispose());
    if (error instanceof CheckpointError) throw error;
    throw wrong(`its names contradict each other: ${(error as Error).message}`);
  }
}

function toTensor(
  path: string,
  name: string,
  { type, shape, bytes }: SafetensorsTensor,
): tf.Tensor | undefined {
  // Copied, because a typed array has to be aligned to its element size.
  const { buffer } = bytes.slice();
  switch (type) {
    case "F32": {
      const values = new Float32Array(buffer);
      expectNumbers(path, name, values);
      return tf.tensor(values, [...shape], "float32");
    }
    case "I32":
      return tf.tensor(new Int32Array(buffer), [...shape], "int32");
    case "BOOL":
      return tf.tensor(new Uint8Array(buffer), [...shape], "bool");
  }
}
