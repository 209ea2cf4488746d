/**
 * Waiting for a library that does not notice when another process fails.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";
import type { Cluster } from "../cluster.ts";

/** Milliseconds between questions to a process whether it is up. */
const PAUSE = 1000;

/**
 * Waits for an operation that all processes take part in. MPI's wait forever for a process that was killed or hangs, so the
 * processes are asked meanwhile, over TensorFlow's connections.
 *
 * @param cluster The processes.
 * @param operation The operation; it may stay pending if this function throws.
 * @returns Its result.
 * @throws {EngineError} If a process has gone, or the operation takes longer than the cluster's timeout;
 * `Cluster.explained()` tells which process it is.
 */
export async function untilPeersFail<T>(cluster: Cluster, operation: Promise<T>): Promise<T> {
  const end = performance.now() + 1000 * cluster.timeout;
  const over = new AbortController(), { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => {});
  const fail = (why: string) =>
    reject(new EngineError(`Expected MPI's collective operation to end but it ${why}`));
  const timer = setTimeout(() => fail("has timed out"), 1000 * cluster.timeout);
  for (const peer of cluster.addresses.keys()) {
    if (peer !== cluster.rank) {
      watch(cluster, peer, end, over.signal).then((gone) => gone && fail("has lost a process"));
    }
  }
  try {
    return await Promise.race([operation, failed]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** Asks a process again and again; resolves with whether it has gone. */
async function watch(
  cluster: Cluster,
  peer: number,
  end: number,
  over: AbortSignal,
): Promise<boolean> {
  for (;;) {
    await pause(over);
    const left = end - performance.now();
    if (over.aborted || left <= 0) return false;
    if (await cluster.silence(peer, left) !== undefined) return !over.aborted;
  }
}

/** Waits for a second, or until there is nothing more to wait for. */
function pause(over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve();
    const timer = setTimeout(resolve, PAUSE);
    over.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
