/**
 * Collective operations: values of all processes combined on each. Within traced functions, or outside of them.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { type Attributes, execute } from "../native.ts";
import type { Cluster } from "./cluster.ts";

/** The group of all processes, which is the only one. */
const GROUP = 1;

/**
 * Adds a tensor of each process: an all-reduce. The result has the same bits on all of them.
 *
 * @param cluster The cluster.
 * @param x A tensor of the same shape on all processes, float32 or int32.
 * @returns The sum.
 */
export function sumOfAll<T extends tf.Tensor>(cluster: Cluster, x: T): T {
  const attributes = { merge_op: "Add", final_op: "Id", max_subdivs_per_device: -1 };
  return collective(cluster, "CollectiveReduceV2", { ...attributes, Nordering_token: 0 }, [x]) as T;
}

/**
 * Concatenates a tensor of each process along the first axis, in the order of ranks: an all-gather.
 *
 * @param cluster The cluster.
 * @param x A tensor of the same shape on all processes, of rank 1 or more, float32 or int32.
 * @returns The tensors of all.
 */
export function tensorsOfAll<T extends tf.Tensor>(cluster: Cluster, x: T): T {
  const all = collective(cluster, "CollectiveGatherV2", { Nordering_token: 0 }, [x]);
  // TensorFlow does not infer the shape of the result.
  return all.reshape([cluster.size * x.shape[0], ...x.shape.slice(1)]) as T;
}

/**
 * Copies a tensor of the process of rank 0 to all.
 *
 * @param cluster The cluster.
 * @param x On rank 0 the tensor, on others any of its shape and type; float32, int32 or bool.
 * @returns The tensor of rank 0.
 */
export function tensorOfFirst<T extends tf.Tensor>(cluster: Cluster, x: T): T {
  if (cluster.rank === 0) return collective(cluster, "CollectiveBcastSendV2", {}, [x]) as T;
  const shape = tf.tensor1d(x.shape, "int32");
  const found = collective(cluster, "CollectiveBcastRecvV2", { T: x.dtype }, [], [shape]);
  return found.reshape(x.shape) as T;
}

/** Runs a collective operation, whose inputs are followed by the group's and the operation's numbers. */
function collective(
  cluster: Cluster,
  operation: string,
  attributes: Attributes,
  before: readonly tf.Tensor[],
  after: readonly tf.Tensor[] = [],
): tf.Tensor {
  const { size, timeout } = cluster;
  const numbers = [size, GROUP, cluster.nextKey()].map((value) => tf.scalar(value, "int32"));
  const all = { ...attributes, communication_hint: "ring", timeout_seconds: timeout };
  return execute(operation, all, [...before, ...numbers, ...after], 1)[0];
}
