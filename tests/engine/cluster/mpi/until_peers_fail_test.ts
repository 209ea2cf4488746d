/**
 * Waiting for operations of a library that does not notice when a process fails.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { EngineError } from "../../../../lib/core/errors.ts";
import type { Cluster } from "../../../../lib/engine/cluster/cluster.ts";
import { isOfPeers } from "../../../../lib/engine/cluster/peer_error.ts";
import { untilPeersFail } from "../../../../lib/engine/cluster/mpi/until_peers_fail.ts";

const never = new Promise<number>(() => {});

/** Process 0 of three, of which some are gone. */
function cluster(timeout: number, gone: readonly number[] = []): Cluster {
  const silence = (peer: number) => Promise.resolve(gone.includes(peer) ? "gone" : undefined);
  return { addresses: ["a:1", "b:1", "c:1"], rank: 0, size: 3, timeout, silence } as never;
}

Deno.test("untilPeersFail() returns the result, and asks nobody afterwards", async () => {
  assertEquals(await untilPeersFail(cluster(60), Promise.resolve(3)), 3);
});

Deno.test("untilPeersFail() throws when a process has gone", async () => {
  const error = await assertRejects(
    () => untilPeersFail(cluster(60, [2]), never),
    EngineError,
    "lost a process",
  );
  assert(isOfPeers(error));
});

Deno.test("untilPeersFail() throws at the timeout if all answer", async () => {
  const error = await assertRejects(
    () => untilPeersFail(cluster(0.05), never),
    EngineError,
    "timed out",
  );
  assert(isOfPeers(error));
});
