/**
 * Collective operations between two processes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { engine } from "../../../lib/engine/engine.ts";
import { locateMpi } from "../../../lib/engine/install/mpi.ts";
import { freeAddresses } from "../../../lib/launch/free_addresses.ts";

const { backend, device } = await engine();
const isProcessor = backend === "tensorflow" && device.startsWith("CPU");
const hasMpi = typeof await locateMpi() !== "string";
if (!hasMpi) console.log("without MPI, which `deno task setup --mpi` installs");

Deno.test({
  name: "two processes share tensors, a loss of the whole batch and batch norm's statistics",
  ignore: !isProcessor,
  async fn() {
    const addresses = freeAddresses(2);
    const script = new URL("process.ts", import.meta.url).pathname;
    const outputs = await Promise.all(addresses.map((_, rank) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", script, addresses.join(), String(rank)],
        stderr: "inherit",
      }).output()
    ));
    for (const [rank, { stdout }] of outputs.entries()) {
      const found = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals(found.sum, [1, 2]);
      assertEquals([found.added, found.names], [hasMpi ? 0 : undefined, []]);
      assertEquals(found.numbers, [[0, 5], [1, 5]]);
      assertEquals(found.value, { text: "ünï" });
      assertEquals(found.tree, [[7], 1, [[0.5, 0.5], [0.5, 0.5]]]);
      assertEquals(found.labels, [0, 1, 2, 10, 11]);
      assertEquals(found.views, 0);
      for (const difference of [...found.gradients, ...found.statistics]) {
        assert(difference < 1e-5, `process ${rank}: ${JSON.stringify(found)}`);
      }
      assertEquals(found.accepts, [true, false]);
    }
  },
});
