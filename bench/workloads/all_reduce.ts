/**
 * Time of an all-reduce between processes on one machine.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { sumOfAll } from "../../lib/engine/cluster/collectives.ts";
import { joinCluster } from "../../lib/engine/cluster/join.ts";
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
  { floats, rank, addresses }: Member & { readonly floats: number },
): Promise<Workload> {
  const cluster = await joinCluster({ addresses: addresses.split(","), rank });
  const x = tf.fill([floats], rank + 1);
  const sum = traced((x: tf.Tensor) => sumOfAll(cluster, x));
  (await sum(x)).dispose();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < TIMES; i++) {
        const start = performance.now();
        (await sum(x)).dispose();
        times.push(secondsSince(start));
      }
      return { value: median(times) };
    },
    close: () => Promise.resolve(),
  };
}
