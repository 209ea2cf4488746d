/**
 * Running the project's tasks, in a separate process or within the test's.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { captured } from "./capture.ts";

export { inFolder } from "../in_folder.ts";

/** Output and exit code of a task. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns the script of a task, and the arguments that it gets with those of the task. */
function commandLine(task: string, args: readonly string[]): [script: URL, args: string[]] {
  return task === "bench"
    ? [new URL("../../bench/main.ts", import.meta.url), [...args]]
    : [new URL("../../lib/cli/mod.ts", import.meta.url), [task, ...args]];
}

const CONFIG = Deno.readTextFileSync(new URL("../../deno.json", import.meta.url));

/** The permissions that `deno.json` gives a task, as flags. */
export function rightsOf(task: string): string[] {
  const command = new RegExp(`"deno run (.*) lib/cli/mod\\.ts ${task}"`).exec(CONFIG);
  return command?.[1].split(" ") ?? ["-A"];
}

/** Creates the command of a task with its permissions, to run in the folder `cwd` if given, with further variables. */
export function command(
  task: string,
  args: readonly string[],
  cwd?: string,
  env: Readonly<Record<string, string>> = {},
): Deno.Command {
  const [script, all] = commandLine(task, args);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...rightsOf(task), "--no-prompt", "--quiet", fileURLToPath(script), ...all],
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task in a separate process until it ends. */
export async function task(name: string, ...args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await command(name, args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr).trim() };
}

/**
 * Runs a task within this process, which is several times faster if it ends early. Only output through `console` is
 * captured, and the task must not exit the process, which tests/cli/tasks_test.ts ensures.
 */
export async function taskHere(name: string, ...args: string[]): Promise<Outcome> {
  const [script, all] = commandLine(name, args);
  const { main } = await import(script.href);
  return await captured(() => main(all));
}

/** Asserts that a task rejects its input with a one-line message and exit code 2, and prints nothing on stdout. */
export async function assertRefuses(
  name: string,
  args: readonly string[],
  message: string,
): Promise<void> {
  const { code, stdout, stderr } = await taskHere(name, ...args);
  assertStringIncludes(stderr, message);
  assertEquals([code, stdout], [2, ""], stderr);
  const last = stderr.split("\n").at(-1)!;
  assertStringIncludes(last, message);
  assertEquals(stderr.includes("    at "), false, `a stack was shown: ${stderr}`);
}
