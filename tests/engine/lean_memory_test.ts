/**
 * Memory that is returned to the system, in a process of its own: it holds for the whole process.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";

/**
 * Allocates and writes 32 blocks of 8 MiB, frees all but the last, and prints the resident memory that is left. Before,
 * it frees a larger block, from which glibc by itself concludes that such blocks are to be kept.
 */
const PROGRAM = `
import { withLibc } from "./lib/core/libc.ts";
import { leanMemory } from "./lib/engine/lean_memory.ts";
leanMemory();
const functions = {
  calloc: { parameters: ["usize", "usize"], result: "pointer" },
  memset: { parameters: ["pointer", "i32", "usize"], result: "pointer" },
  free: { parameters: ["pointer"], result: "void" },
};
withLibc(functions, ({ calloc, memset, free }) => {
  free(calloc(1n, 16n << 20n));
  const size = 8n << 20n, before = Deno.memoryUsage().rss;
  const blocks = Array.from({ length: 32 }, () => calloc(1n, size));
  for (const block of blocks) memset(block, 1, size);
  for (const block of blocks.slice(0, -1)) free(block);
  console.log(JSON.stringify({
    kept: (Deno.memoryUsage().rss - before) / Number(size),
    pool: Deno.env.get("TF_ONEDNN_USE_SYSTEM_ALLOCATOR"),
  }));
});`;

Deno.test({
  name: "leanMemory() lets freed memory return to the system",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-lock", "--ext=ts", "--no-check", PROGRAM],
      cwd: new URL("../../", import.meta.url),
      env: { TF_ONEDNN_USE_SYSTEM_ALLOCATOR: "" },
    });
    const { stdout, stderr } = await child.output();
    const text = new TextDecoder().decode(stdout);
    assert(text !== "", new TextDecoder().decode(stderr));
    const { kept, pool } = JSON.parse(text);
    assertEquals(pool, "1");
    assert(kept < 4, `${kept} of 32 blocks`);
  },
});
