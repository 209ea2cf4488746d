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
import { sumsOfAll } from "../engine/cluster/sums_of_all.ts";
import { isMomentumNetwork } from "../nn/momentum_contrast.ts";

/** Parts of a process. */
export type Combined = {
  /** Gradients of the parameters; none for a batch that is not the last of its step. */
  readonly gradients: Params;
  /** State of the network after the batch. */
  readonly state: Params;
  /** Scalars to add. */
  readonly scalars: Params;
};

/**
 * Combines the parts of all processes, in few operations.
 *
 * @param batch The batch.
 * @param own Parts of this process; neither changed nor disposed.
 * @param changed Paths of the state that the batch has changed.
 * @returns The same on all processes.
 */
export function combined(
  batch: SpreadBatch,
  own: Combined,
  changed: ReadonlySet<string>,
): Combined {
  const fraction = batch.own.count / batch.images;
  const statistics = flatten(own.state)
    .filter(([path]) => changed.has(path) && !isMomentumNetwork(path));
  const parts = [
    ...flatten(own.scalars).map(([, scalar]) => scalar),
    ...statistics.map(([, tensor]) => tensor.mul(fraction)),
    ...flatten(own.gradients).map(([, gradient]) => gradient),
  ];
  const sums: tf.Tensor[] = sumsOfAll(batch.cluster, parts);
  const next = () => sums.shift()!;
  const scalars = mapTree(own.scalars, next);
  const means = new Map(statistics.map(([path]) => [path, next()]));
  return {
    scalars,
    state: mapTree(own.state, (tensor, path) => means.get(path) ?? tensor.clone()),
    gradients: mapTree(own.gradients, next),
  };
}
