/**
 * Nested records of tensors and their path names (`stage3/block4/bn2/weight`).
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/** A nested record of tensors: parameters, running statistics, optimizer state. */
export interface Params {
  /** A tensor or a nested record of tensors. */
  [name: string]: Params | tf.Tensor;
}

/** Whether a node of a tree is a tensor rather than a branch. */
export function isTensor(node: unknown): node is tf.Tensor {
  return node instanceof tf.Tensor;
}

/**
 * Lists the tensors of a tree with their paths, in insertion order.
 *
 * @param tree Nested record of tensors.
 * @returns Pairs of path (`a/b/c`) and tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { tf } from "@nbn/toolkit/engine";
 *
 * const tree = { stem: { weight: tf.scalar(1) }, bias: tf.scalar(2) };
 * assertEquals(flatten(tree).map(([path]) => path), ["stem/weight", "bias"]);
 * ```
 */
export function flatten(tree: Params): [path: string, tensor: tf.Tensor][] {
  const found: [string, tf.Tensor][] = [];
  const walk = (node: Params, prefix: string) => {
    for (const [name, child] of Object.entries(node)) {
      if (isTensor(child)) found.push([prefix + name, child]);
      else walk(child, `${prefix}${name}/`);
    }
  };
  walk(tree, "");
  return found;
}

/**
 * Builds a tree from paths: the inverse of {@linkcode flatten}.
 *
 * @param entries Pairs of path and tensor.
 * @returns The nested record.
 * @throws {RangeError} If one path is a prefix of another, or appears twice.
 */
export function unflatten(entries: Iterable<readonly [string, tf.Tensor]>): Params {
  const root: Params = Object.create(null);
  for (const [path, tensor] of entries) {
    const names = path.split("/");
    const last = names.pop()!;
    let node = root;
    for (const name of names) {
      const child = node[name] ??= Object.create(null) as Params;
      if (isTensor(child)) {
        throw new RangeError(`Expected ${path} to be a branch throughout but ${name} is a tensor`);
      }
      node = child;
    }
    if (last in node) throw new RangeError(`Expected each path once but found ${path} twice`);
    node[last] = tensor;
  }
  return root;
}

/**
 * Applies a function to every tensor of a tree, keeping the shape of the tree.
 *
 * @param tree Nested record of tensors.
 * @param change Maps a tensor and its path to the replacement.
 * @returns A new tree.
 */
export function mapTree(
  tree: Params,
  change: (tensor: tf.Tensor, path: string) => tf.Tensor,
): Params {
  return unflatten(flatten(tree).map(([path, tensor]) => [path, change(tensor, path)] as const));
}

/** Frees every tensor of a tree. */
export function disposeTree(tree: Params): void {
  for (const [, tensor] of flatten(tree)) tensor.dispose();
}
