/**
 * Sums of many tensors over the processes of a cluster.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { Cluster } from "./cluster.ts";
import { sumOfAll } from "./collectives.ts";

/**
 * Numbers in a bucket: few operations, because each costs its latency, but several in a large network, because the first
 * are sent while the backward pass still computes the others.
 */
const BUCKET = 2 ** 20;

/**
 * Adds each tensor over all processes, in few collective operations on flat buffers. Within a traced function a buffer is
 * sent as soon as its tensors are computed; the last tensors, whose gradients are usually computed first, make the first
 * buffer.
 *
 * @param cluster The cluster.
 * @param tensors Tensors of the same shapes on all processes, float32.
 * @returns The sums, in the same order.
 */
export function sumsOfAll(cluster: Cluster, tensors: readonly tf.Tensor[]): tf.Tensor[] {
  return bucketsOf(tensors.toReversed()).flatMap((bucket) => bucketSums(cluster, bucket))
    .reverse();
}

/** Groups consecutive tensors. */
function bucketsOf(tensors: readonly tf.Tensor[]): tf.Tensor[][] {
  const buckets: tf.Tensor[][] = [];
  let room = 0;
  for (const tensor of tensors) {
    if (room <= 0) {
      buckets.push([]);
      room = BUCKET;
    }
    buckets[buckets.length - 1].push(tensor);
    room -= tensor.size;
  }
  return buckets;
}

function bucketSums(cluster: Cluster, bucket: readonly tf.Tensor[]): tf.Tensor[] {
  return divided(sumOfAll(cluster, joined(bucket)), bucket);
}

/**
 * Joins tensors.
 *
 * @param tensors At least one tensor.
 * @returns Their values one after the other, of rank 1.
 */
export function joined(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.concat(tensors.map((tensor) => tensor.reshape([tensor.size])));
}

/**
 * Divides a tensor: the inverse of {@linkcode joined}.
 *
 * @param flat The values.
 * @param like Tensors of the same shapes.
 * @returns The tensors.
 */
export function divided(flat: tf.Tensor, like: readonly tf.Tensor[]): tf.Tensor[] {
  const parts = tf.split(flat, like.map(({ size }) => size));
  return parts.map((part, i) => part.reshape(like[i].shape));
}
