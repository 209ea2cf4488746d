/**
 * Work that the processes of a cluster do together.
 *
 * @module
 */
import type { Membership } from "../../core/membership.ts";
import type { Cluster } from "./cluster.ts";
import { numbersOfAll } from "./exchange.ts";
import { joinCluster, type JoinOptions } from "./join.ts";

/** Options of what several processes can do together. */
export interface TogetherOptions {
  /**
   * Processes that work together, and which of them this one is; all call the function with the same options but for
   * their rank.
   *
   * @default {this one alone}
   */
  readonly cluster?: Membership;
  /**
   * Seconds after which a process that does not take part counts as failed, above 0.
   *
   * @default {60}
   */
  readonly peerTimeout?: number;
}

/**
 * Joins a cluster and does work in it. If the work fails, the other processes are told.
 *
 * @param membership Addresses of all processes, and the rank of this one; none, or one address, for work alone.
 * @param options Timeout.
 * @param work The work, the same in all processes.
 * @returns What it returned.
 * @throws {PeerError} If another process fails or does not come.
 */
export async function together<Result>(
  membership: Membership | undefined,
  options: JoinOptions,
  work: (cluster?: Cluster) => Promise<Result>,
): Promise<Result> {
  if (!membership || membership.addresses.length === 1) return await work();
  const cluster = await joinCluster(membership, options);
  try {
    const result = await work(cluster);
    // No process ends while others still wait for its last values; those that are late have all they need.
    await numbersOfAll(cluster, new Int32Array(1)).catch(() => {});
    return result;
  } catch (error) {
    const explained = await cluster.explained(error);
    cluster.leave(explained);
    throw explained;
  }
}
