/**
 * A queue of labelled features, of which each batch adds a part that is only known when it is computed.
 *
 * @module
 */
import { expectTensors, type TensorsOf } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { rows } from "../engine/ops/mod.ts";
import { branch } from "../nn/compose.ts";

/** Ranks of the tensors of a memory. */
const RANKS = { features: 2, labels: 1 } as const;

/** Features `[size, channels]` and their labels `[size]`, newest first; the label of an empty place is -1. */
export type Memory = TensorsOf<typeof RANKS>;

/**
 * Creates an empty memory.
 *
 * @param size Its length.
 * @param channels Channels of a feature.
 * @returns The memory.
 */
export function emptyMemory(size: number, channels: number): Memory {
  return { features: tf.zeros([size, channels]), labels: tf.fill([size], -1, "int32") };
}

/**
 * Returns the memory in the state of a loss.
 *
 * @param state The state.
 * @param owner The loss, for the error message.
 * @returns The state's part `memory`.
 */
export function memoryOf(state: Params, owner: string): Memory {
  return expectTensors(branch(state, "memory"), RANKS, `the memory of ${owner}`);
}

/**
 * Adds some images of a batch to a memory; as many of the oldest leave it.
 *
 * @param memory The memory.
 * @param features Features of the batch, `[batch, channels]`, not differentiable.
 * @param labels Shape `[batch]`.
 * @param admitted 1 for images to add, 0 for the others, `[batch]`.
 * @returns The new memory: the added images in the batch's order, then those before.
 */
export function remember(
  memory: Memory,
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  admitted: tf.Tensor1D,
): Memory {
  const [batch] = labels.shape, [size] = memory.labels.shape;
  const skipped = tf.sub(batch, admitted.sum());
  // The added images are the last of the first `batch` places, so that those of the memory follow them.
  const place = admitted.cumsum().sub(1).add(skipped);
  const isAt = tf.range(0, batch).expandDims(1).equal(place.expandDims(0)).toFloat();
  const added = isAt.mul(admitted).mul(tf.range(0, batch)).sum(1);
  const order = tf.concat([added, tf.range(batch, batch + size)]) as tf.Tensor1D;
  const kept = rows(order, toInteger(tf.range(0, size).add(skipped))), indices = toInteger(kept);
  return {
    features: rows(tf.concat([features, memory.features]), indices),
    labels: rows(tf.concat([labels, memory.labels]), indices),
  };
}

function toInteger(x: tf.Tensor): tf.Tensor1D {
  return x.toInt() as tf.Tensor1D;
}
