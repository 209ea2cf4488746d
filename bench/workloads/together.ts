/**
 * Work that several processes do together, each on a core of its own.
 *
 * @module
 */
import { freeAddresses } from "../../lib/launch/free_addresses.ts";
import { start } from "../processes.ts";
import type { Contender } from "../subject.ts";
import type { Workload } from "./workload.ts";

/** What the processes do. */
export interface TogetherOptions {
  /** Kind of the members: modules of bench/workloads, or scripts of bench/peers. */
  readonly kind: Contender["kind"];
  /** File name of the module or script. */
  readonly script: string;
  /** Number of processes, each with one thread. */
  readonly processes: number;
  /** Python program that runs scripts. */
  readonly python: string;
}

/** Options that every member receives besides those of the work. */
export interface Member {
  /** Rank of the process. */
  readonly rank: number;
  /** `host:port` of each, by rank, separated by commas. */
  readonly addresses: string;
  /** Value of `NBN_MPI`, if it is set; `off` for TensorFlow's ring. */
  readonly mpi?: string;
}

/**
 * Starts the processes.
 *
 * @param options What they do, and further options of the work.
 * @returns The work; it measures what rank 0 measures.
 */
export async function together(
  { kind, script, processes, python, ...options }: TogetherOptions & Contender["options"],
): Promise<Workload> {
  const addresses = freeAddresses(processes);
  const cores = navigator.hardwareConcurrency;
  const members = await Promise.all(addresses.map((_, rank) => {
    const member: Member = { rank, addresses: addresses.join(",") };
    const contender = {
      name: `${script} ${rank}`,
      kind,
      script,
      options: { ...options, ...member },
      core: rank % cores,
    };
    return start(contender, python);
  }));
  return {
    measure: async () => (await Promise.all(members.map((member) => member.turn())))[0],
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}
