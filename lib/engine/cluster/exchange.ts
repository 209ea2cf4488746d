/**
 * Values that the processes of a cluster exchange outside of a training step.
 *
 * @module
 */
import { mapTree, type Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { traced } from "../traced.ts";
import type { Cluster } from "./cluster.ts";
import { tensorOfFirst, tensorsOfAll } from "./collectives.ts";

/**
 * Returns the numbers of all processes.
 *
 * @param cluster The cluster.
 * @param own This process's numbers, as many as those of every other process.
 * @returns Those of each process, by rank.
 */
export async function numbersOfAll<Numbers extends Float32Array | Int32Array>(
  cluster: Cluster,
  own: Numbers,
): Promise<Numbers[]> {
  const dtype = own instanceof Float32Array ? "float32" : "int32";
  const x = tf.tensor(own, [1, own.length], dtype);
  try {
    const all = await once((x) => tensorsOfAll(cluster, x), x);
    const values = await all.data() as Numbers;
    all.dispose();
    return Array.from(
      { length: cluster.size },
      (_, rank) => values.subarray(rank * own.length, (rank + 1) * own.length) as Numbers,
    );
  } finally {
    x.dispose();
  }
}

/**
 * Returns the values of all processes.
 *
 * @param cluster The cluster.
 * @param own This process's value, which JSON can express.
 * @returns That of each process, by rank.
 */
export async function valuesOfAll<T>(cluster: Cluster, own: T): Promise<T[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(own));
  const lengths = await numbersOfAll(cluster, Int32Array.of(bytes.length));
  const padded = new Int32Array(Math.max(...lengths.map(([length]) => length)));
  padded.set(bytes);
  return (await numbersOfAll(cluster, padded)).map((values, rank) =>
    JSON.parse(new TextDecoder().decode(Uint8Array.from(values.subarray(0, lengths[rank][0]))))
  );
}

/**
 * Returns a tree of tensors of the process of rank 0.
 *
 * @param cluster The cluster.
 * @param own On rank 0 the tree, on others one of the same structure and shapes; the caller keeps ownership.
 * @returns The tree of rank 0; the caller owns its tensors.
 */
export async function treeOfFirst(cluster: Cluster, own: Params): Promise<Params> {
  return await once((tree) => mapTree(tree, (x) => tensorOfFirst(cluster, x)), own);
}

/**
 * Returns a value of the process of rank 0.
 *
 * @param cluster The cluster.
 * @param own On rank 0 the value, which JSON can express; ignored on others.
 * @returns The value of rank 0.
 */
export async function valueOfFirst<T>(cluster: Cluster, own: T | undefined): Promise<T> {
  const bytes = new TextEncoder().encode(cluster.rank === 0 ? JSON.stringify(own) : "");
  const [length] = await numbersOfFirst(cluster, Int32Array.of(bytes.length));
  const padded = new Int32Array(length);
  padded.set(bytes);
  const found = await numbersOfFirst(cluster, padded);
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(found)));
}

async function numbersOfFirst(cluster: Cluster, own: Int32Array): Promise<Int32Array> {
  const x = tf.tensor1d(own, "int32");
  try {
    const found = await once((x) => tensorOfFirst(cluster, x), x);
    const values = await found.data() as Int32Array;
    found.dispose();
    return values;
  } finally {
    x.dispose();
  }
}

/** Runs a function as a traced one, off the event loop, and frees it. */
async function once<Input extends tf.Tensor | Params>(
  compute: (input: Input) => Input,
  input: Input,
): Promise<Input> {
  const recorded = traced(compute, { name: "exchange" });
  try {
    return await recorded(input);
  } finally {
    recorded.dispose();
  }
}
