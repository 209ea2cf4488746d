/**
 * Workers on this machine that work together.
 *
 * @module
 */
import { threads } from "../../core/threads.ts";
import { freeAddresses } from "../../launch/free_addresses.ts";
import type { WorkerOptions } from "../../launch/worker.ts";
import { clusterVariables, threadShare } from "../../launch/worker_environment.ts";

/**
 * Returns what each of several workers runs, which listen on free ports and share the threads of this machine.
 *
 * @param args Arguments of Deno.
 * @param count Number of workers.
 * @returns The workers; what those after the first print on stderr is shown only if they fail.
 */
export function workersTogether(args: readonly string[], count: number): WorkerOptions[] {
  const addresses = freeAddresses(count);
  return addresses.map((_, rank) => ({
    rank,
    args,
    env: { ...threadShare(threads(), count), ...clusterVariables(addresses, rank) },
    showsOutput: rank === 0,
    showsErrors: rank === 0,
  }));
}
