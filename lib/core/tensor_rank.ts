/**
 * Narrowing of tensors to their rank: the only place where a tensor of unknown rank gets a more specific type.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { isTensor, type Params } from "./tree.ts";

/** Types of tensors by rank. */
interface ByRank {
  0: tf.Scalar;
  1: tf.Tensor1D;
  2: tf.Tensor2D;
  3: tf.Tensor3D;
  4: tf.Tensor4D;
}

/** Number of axes of a tensor. */
export type Rank = keyof ByRank;

/** Tensor with a number of axes. */
export type TensorOf<R extends Rank> = ByRank[R];

/** Tensors by name, with their ranks. */
export type TensorsOf<Ranks extends Readonly<Record<string, Rank>>> = {
  [Name in keyof Ranks]: TensorOf<Ranks[Name]>;
};

/**
 * Checks that a value is a tensor of a rank.
 *
 * @param value A tensor, or a node of a tree that should be one.
 * @param rank Number of axes.
 * @param name Name in the error message.
 * @returns The tensor.
 * @throws {TypeError} If it is not a tensor, or has another rank.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { tf } from "@nbn/toolkit/engine";
 *
 * const x: tf.Tensor = tf.tensor([1, 2]);
 * const vector: tf.Tensor1D = expectRank(x, 1, "x");
 * assertThrows(() => expectRank(vector, 2, "x"), TypeError, "Expected x to be a tensor of rank 2 but found [2]");
 * ```
 */
export function expectRank<R extends Rank>(value: unknown, rank: R, name: string): TensorOf<R> {
  if (isTensor(value) && value.rank === rank) return value as TensorOf<R>;
  throw new TypeError(
    `Expected ${name} to be a tensor of rank ${rank} but found ${describe(value)}`,
  );
}

/**
 * Checks that a tree contains tensors of given ranks.
 *
 * @param tree Parameters or state.
 * @param ranks Rank of each tensor by its path.
 * @param owner Name of the layer or loss in the error message.
 * @returns The tensors by path.
 * @throws {TypeError} If one is missing or has another rank.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "@nbn/toolkit/engine";
 *
 * const params = { weight: tf.zeros([3, 2]), bias: tf.zeros([2]) };
 * const { weight, bias } = expectTensors(params, { weight: 2, bias: 1 }, "linear");
 * assertEquals([weight.shape[1], bias.shape[0]], [2, 2]);
 * ```
 */
export function expectTensors<const Ranks extends Readonly<Record<string, Rank>>>(
  tree: Params,
  ranks: Ranks,
  owner: string,
): TensorsOf<Ranks> {
  const found = Object.entries(ranks).map(([path, rank]) =>
    [path, expectTensorAt(tree, path, rank, owner)] as const
  );
  return Object.fromEntries(found) as TensorsOf<Ranks>;
}

/**
 * Checks that a tree contains a tensor of a given rank.
 *
 * @param tree Parameters or state.
 * @param path Path of the tensor, for instance `head/weight`.
 * @param rank Number of axes.
 * @param owner Name of the layer, network or loss in the error message.
 * @returns The tensor.
 * @throws {TypeError} If it is missing or has another rank.
 */
export function expectTensorAt<R extends Rank>(
  tree: Params,
  path: string,
  rank: R,
  owner: string,
): TensorOf<R> {
  return expectRank(nodeAt(tree, path), rank, `${path} of ${owner}`);
}

/** Node at a path, if there is one. */
function nodeAt(tree: Params, path: string): Params | tf.Tensor | undefined {
  let node: Params | tf.Tensor | undefined = tree;
  for (const name of path.split("/")) node = node && !isTensor(node) ? node[name] : undefined;
  return node;
}

function describe(value: unknown): string {
  if (isTensor(value)) return `[${value.shape}]`;
  return value === undefined ? "none" : typeof value === "object" ? "a branch" : typeof value;
}
