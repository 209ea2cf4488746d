import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { Client } from "../../../lib/engine/pjrt/client.ts";
import { ProgramCache } from "../../../lib/engine/pjrt/program_cache.ts";
import { PLUGIN, testWithPlugin } from "./plugin.ts";

const client = PLUGIN ? Client.open(PLUGIN) : undefined!;
const MODULE = `module @twice {
  func.func public @main(%a: tensor<2xf32>) -> tensor<2xf32> {
    %0 = stablehlo.add %a, %a : tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}`;

/** Doubles two numbers by the program of a cache, and tells whether it was in the cache, and the notes. */
async function twice(folder: string, identity = "one") {
  const notes: string[] = [];
  const options = { folder, identity, onNote: (note: string) => notes.push(note) };
  const cache = new ProgramCache(client, client.devices.slice(0, 1), options);
  const { program, isCached } = await cache.program(MODULE);
  const input = client.upload(Float32Array.of(1, 2), { shape: [2], dtype: "float32" });
  const [[output]] = await program.run([[input]]);
  assertEquals(await output.read(), Float32Array.of(2, 4));
  for (const buffer of [input, output]) buffer.free();
  program.free();
  return { isCached, notes };
}

async function inCache(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(join(folder, "programs"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function onlyFile(folder: string): Promise<string> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  assertEquals(names.length, 1);
  return join(folder, names[0]);
}

testWithPlugin(
  "a program is compiled once for each module and identity",
  () =>
    inCache(async (folder) => {
      assertEquals(await twice(folder), { isCached: false, notes: [] });
      assertEquals(await twice(folder), { isCached: true, notes: [] });
      assertEquals(await twice(folder, "another version"), { isCached: false, notes: [] });
    }),
);

testWithPlugin(
  "a damaged or foreign file is replaced with one note",
  () =>
    inCache(async (folder) => {
      await twice(folder);
      const path = await onlyFile(folder), whole = await Deno.readFile(path);
      const damaged = whole.slice();
      damaged[damaged.length - 1] ^= 1;
      const head = new TextEncoder().encode("NBN program 0\n");
      for (
        const [bytes, why] of [
          [whole.subarray(0, whole.length >> 1), "is damaged"],
          [whole.subarray(0, 5), "is of another version"],
          [new Uint8Array(0), "is of another version"],
          [damaged, "is damaged"],
          [head, "is of another version"],
        ] as const
      ) {
        await Deno.writeFile(path, bytes);
        const { isCached, notes } = await twice(folder);
        assert(!isCached);
        assertEquals(notes.length, 1);
        assertStringIncludes(notes[0], why);
        assertEquals(await twice(folder), { isCached: true, notes: [] });
      }
    }),
);

testWithPlugin(
  "a program that the plugin refuses is compiled again",
  () =>
    inCache(async (folder) => {
      await twice(folder);
      const path = await onlyFile(folder), bytes = new TextEncoder().encode("not a program");
      const digest = Array.from(
        new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
        (byte) => byte.toString(16).padStart(2, "0"),
      ).join("");
      await Deno.writeTextFile(path, `NBN program 1\n${digest}\nnot a program`);
      const { isCached, notes } = await twice(folder);
      assert(!isCached);
      assertStringIncludes(notes[0], "cannot be loaded (PJRT_Executable_DeserializeAndLoad");
    }),
);

testWithPlugin(
  "a cache that cannot be written to costs only the time of compiling",
  () =>
    inCache(async (folder) => {
      await Deno.writeTextFile(folder, "a file in the place of the folder");
      const { isCached, notes } = await twice(folder);
      assert(!isCached);
      assertStringIncludes(notes[0], "is not kept for the next time");
    }),
);
