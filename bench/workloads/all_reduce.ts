/**
 * Time of an all-reduce between processes on one machine.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { addInPlace } from "../../lib/engine/cluster/add_in_place.ts";
import { sumOfAll } from "../../lib/engine/cluster/collectives.ts";
import { joinCluster } from "../../lib/engine/cluster/join.ts";
import { openTransport } from "../../lib/engine/cluster/open_transport.ts";
import { traced } from "../../lib/engine/traced.ts";
import { median } from "../median.ts";
import type { Member } from "./together.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** All-reduces in a turn. */
const TIMES = 5;

/**
 * Joins the other processes.
 *
 * @param options Number of floats, and which process this is.
 * @returns The work; it measures the median time of an all-reduce.
 */
export async function allReduce(
  { floats, rank, addresses, mpi }: Member & { readonly floats: number },
): Promise<Workload> {
  if (mpi) Deno.env.set("NBN_MPI", mpi);
  const joined = await joinCluster({ addresses: addresses.split(","), rank });
  const { cluster } = await openTransport(joined), { transport } = cluster;
  const x = tf.fill([floats], rank + 1);
  // The output of a traced function, as the gradients of a step are.
  const copy = traced((x: tf.Tensor) => x.add(0));
  const sum = traced((x: tf.Tensor) => sumOfAll(cluster, x));
  const once = async () => {
    const own = transport ? await copy(x) : x;
    const start = performance.now();
    if (transport) await addInPlace(transport, own);
    else (await sum(own)).dispose();
    const seconds = secondsSince(start);
    if (transport) own.dispose();
    return seconds;
  };
  await once();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < TIMES; i++) times.push(await once());
      return { value: median(times), framework: transport?.name ?? "TensorFlow's ring" };
    },
    close: () => Promise.resolve(),
  };
}
