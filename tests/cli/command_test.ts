/**
 * What all command lines have in common.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { type Command, execute } from "../../lib/cli/command.ts";
import { VERSION } from "../../lib/core/version.ts";
import { captured } from "./capture.ts";

const FLAGS = { batch: { type: "string" }, json: { type: "boolean" } } as const;

function command(run: () => Promise<number>): Command<typeof FLAGS> {
  return { name: "train", usage: "Usage: …", flags: FLAGS, run };
}

const outcome = (args: readonly string[], run = () => Promise.resolve(0)) =>
  captured(() => execute(command(run), args));

Deno.test("execute() prints the version", async () => {
  const { code, stdout } = await outcome(["--batch", "--version"]);
  assertEquals(code, 0);
  assertMatch(
    stdout,
    new RegExp(`^nbn ${RegExp.escape(VERSION)}, Deno \\d+\\.\\d+\\.\\d+, \\w+ \\w+$`),
  );
});

Deno.test("execute() suggests the flag that was meant", async () => {
  const suggests = async (flag: string, hint: string) =>
    assertEquals(await outcome([flag]), {
      code: 2,
      stdout: "",
      stderr: `Unknown option '${flag}'${hint}; deno task train --help lists the flags`,
    });
  await suggests("--bath", " (did you mean --batch?)");
  await suggests("--JSON", " (did you mean --json?)");
  await suggests("--verson", " (did you mean --version?)");
  await suggests("--bogus", "");
  await suggests("-b", "");
});
