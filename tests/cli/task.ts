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

/** Returns the script of a task. */
function scriptOf(task: string): URL {
  return new URL(
    task === "bench" ? "../../bench/main.ts" : `../../lib/cli/${task}.ts`,
    import.meta.url,
  );
}

/** Creates the command of a task, to run in the folder `cwd` if given. */
export function command(task: string, args: readonly string[], cwd?: string): Deno.Command {
  const script = fileURLToPath(scriptOf(task));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", script, ...args],
    cwd,
    env: { NO_COLOR: "1" },
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
  const { main } = await import(scriptOf(name).href);
  // A command line without an exported `main` runs in a separate process.
  if (!main) return await task(name, ...args);
  return await captured(() => main(args));
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
