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
 * Returns the addresses of the processes.
 *
 * @param member Port of the first, and their number.
 * @returns `host:port` of each.
 */
export function addressesOf({ port, processes }: Member): string[] {
  return Array.from({ length: processes }, (_, rank) => `127.0.0.1:${port + rank}`);
}

/**
 * Joins the other processes.
 *
 * @param options Number of floats, and which process this is.
 * @returns The work; it measures the median time of an all-reduce.
 */
export async function allReduce(
  { floats, ...member }: Member & { readonly floats: number },
): Promise<Workload> {
  const cluster = await joinCluster({ addresses: addressesOf(member), rank: member.rank });
  const x = tf.fill([floats], member.rank + 1);
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
