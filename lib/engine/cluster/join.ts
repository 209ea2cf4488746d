/**
 * Joining a cluster, whose processes TensorFlow's collective operations connect.
 *
 * @module
 */
import { EngineError, PeerError } from "../../core/errors.ts";
import type { Membership } from "../../core/membership.ts";
import { engine } from "../engine.ts";
import type { TensorflowBackend } from "../tensorflow/backend.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";
import { cString } from "../tensorflow/library.ts";
import type { Cluster } from "./cluster.ts";
import { listenOnlyOn } from "./listen_only_on.ts";
import { expectMembership } from "./membership.ts";
import { isOfPeers, peerError } from "./peer_error.ts";
import { serverDef, taskName } from "./server_def.ts";

/** Options of {@linkcode joinCluster}. */
export interface JoinOptions {
  /**
   * Seconds after which a process that does not take part in a collective operation counts as failed, above 0.
   *
   * @default {60}
   */
  readonly timeout?: number;
}

/** Code of `TF_ABORTED` in TensorFlow's C API. */
const ABORTED = 10;

/** The cluster that this process has joined, which TensorFlow allows only once. */
let joined: Cluster | undefined;
/** Number of collective operations created so far. */
let keys = 0;

/**
 * Starts TensorFlow's collective operations on the running engine. The process listens on its address from now on, for
 * its whole life; the others need not be up yet. Later calls with the same membership return the same cluster.
 *
 * TensorFlow's protocol is neither encrypted nor authenticated: whoever can reach the port can run any operation. It
 * belongs in a private network.
 *
 * @param membership Addresses of all processes, and the rank of this one.
 * @param options Timeout.
 * @returns The cluster.
 * @throws {RangeError} If the rank or an address is not valid.
 * @throws {EngineError} If the backend has no collective operations, or the process has joined another cluster.
 * @throws {PeerError} If the address is in use, for instance by another process of the same rank.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { joinCluster } from "@nbn/toolkit/engine";
 *
 * const addresses = ["10.0.0.1:2222", "10.0.0.2:2222"];
 * await assertRejects(() => joinCluster({ addresses, rank: 2 }), RangeError, "from 0 to 1 but found 2");
 * ```
 */
export async function joinCluster(
  membership: Membership,
  { timeout = 60 }: JoinOptions = {},
): Promise<Cluster> {
  expectMembership(membership);
  // TensorFlow logs every failure of a peer in many lines, of which the error of this module is the summary.
  if (joined === undefined) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  const { backend: name, device } = await engine();
  const backend = currentBackend();
  if (name !== "tensorflow" || backend.accelerator) {
    throw new EngineError(
      "Expected TensorFlow's library on the processor to train with several processes but found " +
        `${name} on ${device}: run \`deno task setup\`, and leave --device out or give it as cpu`,
    );
  }
  const { addresses, rank } = membership;
  if (joined && `${joined.addresses},${joined.rank}` !== `${addresses},${rank}`) {
    throw new EngineError(
      "Expected a process to belong to one cluster but found a second one: start another process",
    );
  }
  if (!joined) await enable(backend, membership);
  return joined = clusterOf(backend, membership, timeout);
}

/** Starts the server of this process. */
async function enable(
  { binding: { library, eager } }: TensorflowBackend,
  membership: Membership,
): Promise<void> {
  const bytes = await serverDef(membership), { addresses, rank } = membership;
  const { core, status } = library;
  core.TFE_EnableCollectiveOps(eager.context, bytes, BigInt(bytes.length), status);
  try {
    library.check();
  } catch (cause) {
    throw new PeerError(
      `Expected process ${rank} to listen on ${addresses[rank]} but could not: ` +
        "end the program that uses the port, for instance another process of the same rank, or " +
        `choose another port. TensorFlow: ${(cause as Error).message}`,
      { cause },
    );
  }
  listenOnlyOn(addresses[rank]);
}

function clusterOf(
  { binding: { library, eager } }: TensorflowBackend,
  { addresses, rank }: Membership,
  timeout: number,
): Cluster {
  const { core, framework } = library;
  const cluster: Cluster = {
    addresses,
    rank,
    timeout,
    size: addresses.length,
    nextKey: () => ++keys,
    async silence(peer, milliseconds) {
      const status = framework.TF_NewStatus(), task = cString(taskName(peer));
      try {
        const wait = BigInt(Math.ceil(milliseconds));
        await core.TFE_CollectiveOpsCheckPeerHealth(eager.context, task, wait, status);
        library.check(undefined, status);
      } catch (error) {
        return (error as Error).message;
      } finally {
        framework.TF_DeleteStatus(status);
      }
    },
    explained: async (error) => isOfPeers(error) ? await peerError(cluster, error) : error,
    leave(error) {
      const status = framework.TF_NewStatus();
      const reason = `process ${rank} has ended: ${(error as Error).message ?? error}`;
      framework.TF_SetStatus(status, ABORTED, cString(reason));
      core.TFE_AbortCollectiveOps(eager.context, status);
      framework.TF_DeleteStatus(status);
    },
  };
  return cluster;
}
