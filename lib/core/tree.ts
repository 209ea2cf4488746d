/**
 * Trees: nested records and arrays, whose leaves have paths (`stage3/block4/bn2/weight`).
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/** A leaf, or an array or record of trees. Leaves are anything but arrays and plain objects. */
export type Tree<T> = T | readonly Tree<T>[] | { readonly [name: string]: Tree<T> };

/** A tree of nested records without arrays. */
export interface Records<T> {
  /** A leaf or a nested record. */
  [name: string]: Records<T> | T;
}

/** A nested record of tensors: parameters, running statistics, optimizer state. */
export type Params = Records<tf.Tensor>;

/** Whether a node of a tree is a tensor rather than a branch. */
export function isTensor(node: unknown): node is tf.Tensor {
  return node instanceof tf.Tensor;
}

/**
 * Applies a function to every leaf of a tree, keeping its structure.
 *
 * @param tree Nested records and arrays.
 * @param change Maps a leaf and its path to the replacement; the path of a tree that is a leaf is empty.
 * @returns A new tree.
 */
export function mapTree<T, U>(
  tree: Records<T>,
  change: (leaf: T, path: string) => U,
): Records<U>;
/** The same for trees that contain arrays. */
export function mapTree<T, U>(tree: Tree<T>, change: (leaf: T, path: string) => U): Tree<U>;
export function mapTree<T, U>(tree: Tree<T>, change: (leaf: T, path: string) => U): Tree<U> {
  const walk = (node: Tree<T>, path: string): Tree<U> => {
    if (!isBranch(node)) return change(node as T, path);
    const prefix = path === "" ? "" : `${path}/`;
    if (Array.isArray(node)) return node.map((child, i) => walk(child, prefix + i));
    // Keys instead of entries, because every step walks all parameters several times.
    const mapped: Record<string, Tree<U>> = {};
    const record = node as { readonly [name: string]: Tree<T> };
    for (const name of Object.keys(record)) {
      const value = walk(record[name], prefix + name);
      if (name === "__proto__") Object.defineProperty(mapped, name, { value, enumerable: true });
      else mapped[name] = value;
    }
    return mapped;
  };
  return walk(tree, "");
}

/**
 * Lists the leaves of a tree with their paths, in insertion order.
 *
 * @param tree Nested records and arrays.
 * @returns Pairs of path (`a/b/0`) and leaf.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 *
 * assertEquals(flatten({ stem: { weight: 1 }, biases: [2] }), [["stem/weight", 1], ["biases/0", 2]]);
 * ```
 */
export function flatten<T>(tree: Records<T>): [path: string, leaf: T][];
/** The same for trees that contain arrays. */
export function flatten<T>(tree: Tree<T>): [path: string, leaf: T][];
export function flatten<T>(tree: Tree<T>): [path: string, leaf: T][] {
  const found: [string, T][] = [];
  mapTree(tree, (leaf, path) => void found.push([path, leaf]));
  return found;
}

/**
 * Builds nested records from paths: the inverse of {@linkcode flatten} for trees without arrays.
 *
 * @param entries Pairs of path and leaf.
 * @returns The nested records.
 * @throws {RangeError} If one path is a prefix of another, or appears twice.
 */
export function unflatten<T>(entries: Iterable<readonly [path: string, leaf: T]>): Records<T> {
  const root: Records<T> = Object.create(null);
  for (const [path, leaf] of entries) {
    const names = path.split("/");
    const last = names.pop()!;
    let node = root;
    for (const name of names) {
      const child = node[name] ??= Object.create(null) as Records<T>;
      if (!isBranch(child)) {
        throw new RangeError(`Expected ${path} to be a branch throughout but ${name} is a leaf`);
      }
      node = child as Records<T>;
    }
    if (last in node) throw new RangeError(`Expected each path once but found ${path} twice`);
    node[last] = leaf;
  }
  return root;
}

/**
 * Replaces leaves of a tree.
 *
 * @param tree Nested records.
 * @param own Nested records with some of its paths.
 * @param rest Maps the other leaves.
 * @returns A new tree with the leaves of `own` in place of those with the same paths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withReplaced({ a: { x: 1 }, b: 2 }, { a: { x: 3 } }), { a: { x: 3 }, b: 2 });
 * ```
 */
export function withReplaced<T>(
  tree: Records<T>,
  own: Records<T>,
  rest: (leaf: T) => T = (leaf) => leaf,
): Records<T> {
  const replacements = new Map(flatten(own));
  return mapTree(tree, (leaf, path) => replacements.get(path) ?? rest(leaf));
}

/**
 * Arranges the leaves of a tree in the order of another.
 *
 * @param tree Nested records.
 * @param like Nested records with the wanted order; leaves at other paths follow.
 * @returns A new tree with the leaves of `tree`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(Object.keys(inOrderOf({ bias: 1, weight: 2 }, { weight: 0, bias: 0 })), ["weight", "bias"]);
 * ```
 */
export function inOrderOf<T>(tree: Records<T>, like: Records<unknown>): Records<T> {
  const leaves = new Map(flatten(tree));
  const wanted = flatten(like).map(([path]) => path).filter((path) => leaves.has(path));
  return unflatten(
    [...new Set([...wanted, ...leaves.keys()])].map((path) => [path, leaves.get(path)!]),
  );
}

/** A tree of tensors as a list, and how to build such a tree again. */
export interface FlatTensors<T> {
  /** The tensors, in insertion order. */
  readonly tensors: tf.Tensor[];
  /** Structure of the tree: the tree with `null` in place of each tensor. */
  readonly structure: Tree<null>;
  /** Builds a tree of the same structure from one tensor for each leaf, in the same order. */
  restore(tensors: readonly tf.Tensor[]): T;
}

/**
 * Lists the tensors of a tree of any structure, for functions that work on lists.
 *
 * @param tree Nested records and arrays.
 * @param name Name of the tree in error messages.
 * @returns The tensors, the structure, and the inverse function.
 * @throws {TypeError} If a leaf is not a tensor; the message contains its path.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { tf } from "@nbn/toolkit/engine";
 *
 * const { tensors, restore } = flattenTensors({ x: [tf.scalar(1)] }, "inputs");
 * assertEquals(restore(tensors.map((tensor) => tensor.reshape([1]))).x[0].shape, [1]);
 * ```
 */
export function flattenTensors<T extends Tree<tf.Tensor>>(tree: T, name: string): FlatTensors<T> {
  const tensors: tf.Tensor[] = [];
  const structure = mapTree<tf.Tensor, null>(tree, (leaf, path) => {
    if (!isTensor(leaf)) throw noTensor(path === "" ? name : `${name}/${path}`, leaf);
    tensors.push(leaf);
    return null;
  });
  return {
    tensors,
    structure,
    restore(tensors) {
      let next = 0;
      return mapTree(structure, () => tensors[next++]) as T;
    },
  };
}

function noTensor(path: string, leaf: unknown): TypeError {
  return new TypeError(
    `Expected ${path} to be a tensor, or an array or record of tensors, but found ${
      leaf === null ? "null" : typeof leaf
    }: wrap numbers in tf.scalar`,
  );
}

/** Frees every tensor of a tree. */
export function disposeTree(tree: Tree<tf.Tensor>): void {
  for (const [, tensor] of flatten(tree)) tensor.dispose();
}

/** Whether a node is an array or a plain object, rather than an instance of a class or a primitive value. */
function isBranch<T>(
  node: Tree<T>,
): node is readonly Tree<T>[] | { readonly [name: string]: Tree<T> } {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return true;
  const prototype = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}
