/**
 * Errors of other processes.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { failure } from "../../../lib/cli/failure.ts";
import { EngineError } from "../../../lib/core/errors.ts";
import type { Cluster } from "../../../lib/engine/cluster/cluster.ts";
import { expectMembership } from "../../../lib/engine/cluster/membership.ts";
import { isOfPeers, peerError } from "../../../lib/engine/cluster/peer_error.ts";

const cluster = {
  addresses: ["a:1", "b:1", "c:1"],
  rank: 0,
  size: 3,
  timeout: 7,
} as unknown as Cluster;

/** Message of a failure if some processes do not answer. */
async function messageOf(cause: string, gone: readonly number[], of: Partial<Cluster> = {}) {
  const silence = (peer: number) =>
    Promise.resolve(gone.includes(peer) ? "Connection refused" : undefined);
  const error = await peerError({ ...cluster, ...of, silence }, new EngineError(cause));
  const { text, code } = failure(error, "train");
  assertEquals(code, 75);
  assert(!text.includes("\n"));
  return text;
}

Deno.test("peerError() names the processes that do not answer, with TensorFlow's message", async () => {
  const cause = "training_step(9 inputs): {{function_node training_step_3}} Collective ops is " +
    "aborted by: Connection reset by peer\nAdditional GRPC error information";
  assertEquals(
    await messageOf(cause, [2]),
    "Expected all 3 processes to take part but found no answer from process 2 (c:1): start all " +
      "processes again, with --resume. TensorFlow: Connection reset by peer",
  );
});

Deno.test("peerError() names all that may be stuck if all answer", async () => {
  const cause = "Collective has timed out during execution.";
  assertStringIncludes(
    await messageOf(cause, []),
    "within 7 s but found one of process 1 (b:1), process 2 (c:1) busy or stuck",
  );
  const two = { addresses: ["a:1", "b:1"], size: 2 };
  assertStringIncludes(await messageOf(cause, [], two), "but found process 1 (b:1) busy or stuck");
});

Deno.test("peerError() explains operations of MPI, which names no process", async () => {
  const ended = "Expected MPI's collective operation to end but it";
  assertStringIncludes(await messageOf(`${ended} has timed out`, []), "busy or stuck");
  assertStringIncludes(
    await messageOf(`${ended} has lost a process`, [1]),
    `process 1 (b:1): start all processes again, with --resume. ${ended} has`,
  );
});

Deno.test("peerError() names the process that counts the processes differently", async () => {
  const cause = "Device /job:worker/replica:0/task:1/device:CPU:0 is joining a group with size3, " +
    "but that group has size 2 (group_key=1)";
  assertStringIncludes(await messageOf(cause, []), "but found 2, and 3 at process 1 (b:1)");
});

Deno.test("isOfPeers() tells failures of peers from other errors", () => {
  assertEquals(isOfPeers(new EngineError("Collective has timed out during execution.")), true);
  assertEquals(isOfPeers(new EngineError("MatMul(a, b): In[0] and In[1] differ")), false);
  assertEquals(isOfPeers(new RangeError("collective")), false);
});

Deno.test("expectMembership() throws on addresses and ranks that are none", () => {
  expectMembership({ addresses: ["10.0.0.1:80", "[::1]:81", "node-1.local:65535"], rank: 2 });
  const wrong: [string[], number, string][] = [
    [["a"], 0, 'host:port but found "a"'],
    [["a:0"], 0, 'host:port but found "a:0"'],
    [["a:65536"], 0, 'host:port but found "a:65536"'],
    [["a b:1"], 0, 'host:port but found "a b:1"'],
    [["a:1", "b:1", "a:1"], 0, "each process but found a:1 twice"],
    [["a:1"], 1, "from 0 to 0 but found 1"],
    [["a:1"], -1, "from 0 to 0 but found -1"],
    [["a:1"], 0.5, "from 0 to 0 but found 0.5"],
    [[], 0, "but found 0"],
  ];
  for (const [addresses, rank, message] of wrong) {
    assertThrows(() => expectMembership({ addresses, rank }), RangeError, message);
  }
});
