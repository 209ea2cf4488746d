/**
 * Environment of the workers on one machine.
 *
 * @module
 */
import { THREAD_LIMITS } from "../core/threads.ts";

/**
 * Divides threads among workers.
 *
 * @param threads Number of threads of all.
 * @param processes Number of workers.
 * @returns Environment variables that limit TensorFlow in each worker.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(threadShare(8, 3).TF_NUM_INTRAOP_THREADS, "2");
 * ```
 */
export function threadShare(threads: number, processes: number): Record<string, string> {
  const own = String(Math.max(1, Math.floor(threads / processes)));
  return Object.fromEntries(THREAD_LIMITS.map((name) => [name, own]));
}

/**
 * Tells a worker the processes of its training, by the variable that wins over those of other launchers.
 *
 * @param addresses `host:port` of each worker, by rank.
 * @param rank Its rank.
 * @returns `TF_CONFIG`.
 */
export function clusterVariables(
  addresses: readonly string[],
  rank: number,
): Record<string, string> {
  const task = { type: "worker", index: rank };
  return { TF_CONFIG: JSON.stringify({ cluster: { worker: addresses }, task }) };
}
