/**
 * Errors of other processes: which of them have failed.
 *
 * @module
 */
import { EngineError, PeerError } from "../../core/errors.ts";
import type { Cluster } from "./cluster.ts";

/** How messages of TensorFlow and MPI name a collective operation, or another process, that failed. */
const COLLECTIVE = /collective|remote target|RecvBuf|cancelled/i;
/** TensorFlow's message if two processes are of clusters of different sizes. */
const SIZES = /task:(\d+)\/\S+ is joining a group with size ?(\d+), but that group has size (\d+)/;
/** Longest time in milliseconds to wait for a process to say that it is up. */
const MOST = 5000;
/** Time in milliseconds during which this process stays up after a failure, so that the others find it alive. */
const STAYS = 1000;

/**
 * Whether an error is due to other processes.
 *
 * @param error What was thrown.
 * @returns Whether it is.
 */
export function isOfPeers(error: unknown): error is EngineError {
  return error instanceof EngineError && !(error instanceof PeerError) &&
    COLLECTIVE.test(error.message);
}

/**
 * Finds the processes that have failed, by asking all.
 *
 * @param cluster The cluster.
 * @param cause Error of a collective operation.
 * @returns An error that names them by rank and address, with the message of TensorFlow or MPI.
 */
export async function peerError(cluster: Cluster, cause: EngineError): Promise<PeerError> {
  const { addresses, rank, size, timeout } = cluster;
  const named = (peers: readonly number[]) =>
    peers.map((peer) => `process ${peer} (${addresses[peer]})`).join(", ");
  const error = (expected: string, found: string) =>
    new PeerError(
      `Expected ${expected} but found ${found}: start all processes again, with --resume. ` +
        firstLine(cause.message),
      { cause },
    );
  const sizes = SIZES.exec(cause.message);
  if (sizes) {
    const [, task, one, other] = sizes;
    return error(
      `all processes to know the same number of processes`,
      `${other}, and ${one} at ${named([Number(task)])}`,
    );
  }
  const others = addresses.map((_, peer) => peer).filter((peer) => peer !== rank);
  const milliseconds = Math.min(MOST, 1000 * timeout);
  const stay = new Promise((resolve) => setTimeout(resolve, STAYS));
  const reasons = await Promise.all(
    others.map((peer) => cluster.silence(peer, milliseconds)),
  );
  await stay;
  const gone = others.filter((_, i) => reasons[i] !== undefined);
  const everybody = `all ${size} processes to take part`;
  if (gone.length > 0) return error(everybody, `no answer from ${named(gone)}`);
  if (/timed out/.test(cause.message)) {
    const silent = others.length === 1 ? named(others) : `one of ${named(others)}`;
    return error(
      `${everybody} within ${timeout} s`,
      `${silent} busy or stuck, though it is running`,
    );
  }
  return error(everybody, `that one of ${named(others)} has left`);
}

/** First line of a message with its origin; TensorFlow's without the names of functions and nodes. */
function firstLine(message: string): string {
  if (message.includes("MPI")) return message;
  return "TensorFlow: " + message.replace(/^.*?\{\{function_node [^}]*\}\} /, "").split("\n")[0]
    .replaceAll(/(Collective ops is aborted by: )+/g, "");
}
