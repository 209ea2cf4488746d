/**
 * Running the project's tasks: as a user does, as processes of their own, or within this one.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { captured } from "./capture.ts";

export { inFolder } from "../in_folder.ts";

/** What a task has printed, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command behind a task, in a folder of its own where one is given. */
export function command(task: string, args: readonly string[], cwd?: string): Deno.Command {
  const script = fileURLToPath(new URL(`../../lib/cli/${task}.ts`, import.meta.url));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", script, ...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task to its end. */
export async function task(name: string, ...args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await command(name, args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr).trim() };
}

/**
 * Runs a task within this process, several times faster where it ends early. What it prints by `console` alone is
 * heard, and nothing is exited: tests/cli/tasks_test.ts sees to that.
 */
export async function taskHere(name: string, ...args: string[]): Promise<Outcome> {
  const { main } = await import(new URL(`../../lib/cli/${name}.ts`, import.meta.url).href);
  // A command line that does not offer itself runs as a user's does.
  if (!main) return await task(name, ...args);
  return await captured(() => main(args));
}

/** Asserts that a task refuses its input in one line with exit code 2, and prints nothing else. */
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
