/**
 * What the processes of a cluster combine in each step.
 *
 * | value | rule |
 * | --- | --- |
 * | loss | computed on every process from the outputs for the whole batch |
 * | state of the loss (counts, centres, queue, memory) | follows from the same inputs on every process |
 * | gradients | sum of the processes' parts |
 * | gradient ĝ of each vector of NBN | sum of the processes' parts |
 * | parameters, magnitude of NBN, state of the optimizer | follow from the same gradients on every process |
 * | running statistics of batch norm and of LR, Gaussians of CBN | mean, weighted by the images of each process |
 * | momentum network (PaCo) | follows from the same parameters on every process |
 *
 * @module
 */
import { flatten, mapTree, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { SpreadBatch } from "../engine/cluster/spread_batch.ts";
import { isMomentumNetwork } from "../nn/momentum_contrast.ts";

/** Parts of a process, or the sums of those of all; trees of tensors. */
export type Combined = {
  /** Scalars to add. */
  readonly scalars: Params;
  /** Changed statistics by their paths, weighted by the images of the process. */
  readonly statistics: Params;
  /** Gradients of the parameters; none for a batch that is not the last of its step. */
  readonly gradients: Params;
};

/**
 * Selects the statistics that are averaged, and weights them.
 *
 * @param batch The batch.
 * @param state State of the network after the batch.
 * @param changed Paths of the state that the batch has changed.
 * @returns The part of this process by path; their sum over all processes is the mean.
 */
export function weightedStatistics(
  { own, images }: SpreadBatch,
  state: Params,
  changed: ReadonlySet<string>,
): Params {
  const averaged = flatten(state).filter(([path]) => changed.has(path) && !isMomentumNetwork(path));
  return Object.fromEntries(
    averaged.map(([path, tensor]) => [path, tensor.mul(own.count / images)]),
  );
}

/**
 * Lists the tensors to add.
 *
 * @param parts The trees.
 * @returns Their tensors, in a fixed order; the gradients come last and in the order of the parameters.
 */
export function tensorsOf({ scalars, statistics, gradients }: Combined): tf.Tensor[] {
  return [scalars, statistics, gradients].flatMap((tree) => flatten(tree).map(([, x]) => x));
}

/**
 * Builds the trees from a list of tensors: the inverse of {@linkcode tensorsOf}.
 *
 * @param tensors The tensors.
 * @param like Trees of the same structure.
 * @returns The trees.
 */
export function treesOf(
  tensors: readonly tf.Tensor[],
  { scalars, statistics, gradients }: Combined,
): Combined {
  let next = 0;
  const filled = (tree: Params) => mapTree(tree, () => tensors[next++]);
  return {
    scalars: filled(scalars),
    statistics: filled(statistics),
    gradients: filled(gradients),
  };
}
