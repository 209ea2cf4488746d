/**
 * Behaviour common to all command lines.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
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

Deno.test("execute() suggests the nearest flag", async () => {
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

Deno.test("execute() refuses empty values and arguments", async () => {
  const { code, stderr } = await outcome(["--batch", ""]);
  assertEquals(code, 2);
  assertMatch(stderr, /^Expected --batch with a value but found an empty one;/);
  const wide = { ...command(() => Promise.resolve(0)), positionals: true };
  const second = await captured(() => execute(wide, ["a", " "]));
  assertEquals(second.code, 2);
  assertMatch(second.stderr, /^Expected no empty arguments/);
});

Deno.test("execute() returns the exit code of the thrown error", async () => {
  const fails = (error: Error) => outcome([], () => Promise.reject(error));
  const wrong = await fails(new RangeError("Expected one value but found two"));
  assertEquals(wrong, { code: 2, stdout: "", stderr: "Expected one value but found two" });
  const fault = await fails(new TypeError("Cannot read properties of undefined"));
  assertEquals(fault.code, 1);
  assertMatch(fault.stderr, /^This is an error in the toolkit/);
});

Deno.test("execute() passes the arguments after -- to another program", async () => {
  const handed: string[][] = [];
  const run = (_: unknown, positionals: string[], passedOn: string[]) => {
    handed.push(positionals, passedOn);
    return Promise.resolve(0);
  };
  const args = ["a", "--", "--help", "b"];
  const lab = { ...command(() => Promise.resolve(0)), positionals: true, run };
  assertEquals((await captured(() => execute({ ...lab, passesOn: true }, args))).stdout, "");
  assertEquals((await captured(() => execute(lab, args))).stdout, "");
  assertEquals(handed, [["a"], ["--help", "b"], ["a", "--help", "b"], []]);
});

Deno.test("execute() reports uncaught asynchronous errors like all others", async () => {
  const script = fileURLToPath(new URL("./uncaught_error.ts", import.meta.url));
  const reported = async (how: string) => {
    const args = ["run", "-A", "--quiet", "--no-check", script, how];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    return { code, stderr: new TextDecoder().decode(stderr) };
  };
  assertEquals(await reported("promise"), { code: 2, stderr: "Expected a whole image\n" });
  const { code, stderr } = await reported("callback");
  assertEquals(code, 1);
  assertMatch(stderr, /^This is an error in the toolkit/);
  assertMatch(stderr, /uncaught_error\.ts/);
});
