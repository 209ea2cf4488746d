/**
 * What all tasks with a command line have in common, as a user types them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { task } from "./task.ts";

const DENO_JSON = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));

/** Tasks whose command is a script of lib/cli. */
const TASKS = [...DENO_JSON.matchAll(/deno run [^"]*lib\/cli\/(\w+)\.ts"/g)].map(([, name]) =>
  name
);

for (const name of TASKS) {
  Deno.test(`${name} refuses an unknown flag in one line with exit code 2`, async () => {
    const { code, stdout, stderr } = await task(name, "--no-such-flag");
    assertEquals([code, stdout], [2, ""], stderr);
    assertEquals(stderr.split("\n").length, 1, stderr);
    assertStringIncludes(stderr, `deno task ${name} --help lists the flags`);
  });
}

Deno.test("there are tasks with a command line", () => assert(TASKS.length > 10));
