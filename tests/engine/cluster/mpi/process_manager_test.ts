/**
 * Answers to an MPI library, without the library.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { EngineError } from "../../../../lib/core/errors.ts";
import { processManager, type Stored } from "../../../../lib/engine/cluster/mpi/process_manager.ts";
import { sharedMemoryName } from "../../../../lib/engine/cluster/mpi/shared_memory.ts";
import { socketPair } from "../../../../lib/engine/cluster/mpi/socket_pair.ts";

Deno.test("a library reads what another has stored after a barrier, not before", async () => {
  const stored: Stored[] = [{ "key-1": "b=2" }];
  const answer = processManager({ size: 2, name: "world" }, (own) => {
    return Promise.resolve(Object.assign({}, own, ...stored));
  });
  const asked = async (...requests: string[]) => {
    const answers = [];
    for (const request of requests) answers.push(await answer(request));
    return answers;
  };
  assertEquals(
    await asked(
      "cmd=init pmi_version=1 pmi_subversion=1",
      "cmd=get_universe_size",
      "cmd=get_appnum",
      "cmd=get kvsname=world key=PMI_process_mapping",
      "cmd=put kvsname=world key=key-0 value=a",
      "cmd=get kvsname=world key=key-1",
      "cmd=barrier_in",
      "cmd=get kvsname=world key=key-1",
      "cmd=get kvsname=world key=key-0",
      "cmd=finalize",
    ),
    [
      "cmd=response_to_init rc=0 pmi_version=1 pmi_subversion=1",
      "cmd=universe_size size=2",
      "cmd=appnum appnum=0",
      "cmd=get_result rc=0 value=(vector,(0,2,1))",
      "cmd=put_result rc=0",
      "cmd=get_result rc=-1 msg=unknown_key",
      "cmd=barrier_out",
      "cmd=get_result rc=0 value=b=2",
      "cmd=get_result rc=0 value=a",
      "cmd=finalize_ack",
    ],
  );
  await assertRejects(() => answer("cmd=spawn"), EngineError, 'of PMI-1 but found "cmd=spawn"');
});

Deno.test("sharedMemoryName() is MPICH's", () => {
  // Found in /dev/shm after a training that was killed.
  assertEquals(
    sharedMemoryName("nbn-0af1ad13-c93f-4b21-8348-0c19276ac71f", 1),
    "mpich_shm_b581c52c_1",
  );
});

Deno.test({
  name: "socketPair() answers each line that a library writes",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const libc = Deno.dlopen("libc.so.6", {
      read: { parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
      write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    });
    const pair = socketPair();
    const served = pair.serve((line) => Promise.resolve(`<${line}>`));
    const bytes = new TextEncoder().encode("one\ntwo\n");
    libc.symbols.write(pair.theirs, bytes.subarray(0, 6), 6n);
    libc.symbols.write(pair.theirs, bytes.subarray(6), 2n);
    let text = "";
    while (!text.includes("two")) {
      const found = new Uint8Array(99);
      const length = Number(await libc.symbols.read(pair.theirs, found, 99n));
      text += new TextDecoder().decode(found.subarray(0, length));
    }
    assertEquals(text, "<one>\n<two>\n");
    pair.close();
    await served;
    libc.close();
  },
});
