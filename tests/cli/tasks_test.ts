/**
 * Behaviour common to all tasks with a command line.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { main } from "../../lib/cli/mod.ts";
import { captured } from "./capture.ts";
import { task } from "./task.ts";

const DENO_JSON = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));

/** Tasks that are commands of `nbn`, with their descriptions. */
const TASKS = new Map(
  [...DENO_JSON.matchAll(
    /"description": "([^"]*)",\s*"command": "deno run [^"]* lib\/cli\/mod\.ts (\w+)"/g,
  )].map(([, description, name]) => [name, description]),
);

for (const name of TASKS.keys()) {
  Deno.test(`${name} refuses an unknown flag in one line with exit code 2`, async () => {
    const { code, stdout, stderr } = await task(name, "--no-such-flag");
    assertEquals([code, stdout], [2, ""], stderr);
    assertEquals(stderr.split("\n").length, 1, stderr);
    assertStringIncludes(stderr, `deno task ${name} --help lists the flags`);
  });
}

Deno.test("deno.json's tasks are the commands of nbn, with equal descriptions", () => {
  const commands = Object.entries(COMMANDS).map(([name, { about }]) => [name, about]);
  assertEquals([...TASKS], commands);
});

Deno.test("nbn --help lists all commands", async () => {
  const { code, stdout } = await captured(() => main(["--help"]));
  assertEquals(code, 0);
  for (const [name, about] of TASKS) assertMatch(stdout, new RegExp(`^  ${name} +${about}$`, "m"));
  assertMatch(stdout, /^ {2}completions /m);
});

Deno.test("nbn suggests the nearest command", async () => {
  const { code, stdout, stderr } = await captured(() => main(["trian"]));
  assertEquals([code, stdout], [2, ""]);
  assertMatch(
    stderr,
    /^Expected one of setup, train, .* but found "trian" \(did you mean train\?\)$/,
  );
  const nothing = await captured(() => main([]));
  assertEquals(nothing.code, 2);
  assertMatch(nothing.stderr, /but found nothing$/);
});
