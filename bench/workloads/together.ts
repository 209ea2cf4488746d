/**
 * Work that several processes do together, each on a core of its own.
 *
 * @module
 */
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
  /** Number of processes. */
  readonly processes: number;
  /** Port of rank 0 on the loopback interface; the others take the next ones. */
  readonly port: number;
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
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const cores = navigator.hardwareConcurrency;
  const members = await Promise.all(Array.from({ length: processes }, (_, rank) => {
    const member: Member = { rank, processes, port };
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
