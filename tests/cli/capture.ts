/**
 * Capturing the output of a command line run within the test's process, which takes milliseconds instead of seconds.
 *
 * @module
 */
import type { Outcome } from "./task.ts";

/** Runs a function that returns an exit code, and captures its console output. */
export async function captured(run: () => Promise<number>): Promise<Outcome> {
  const { log, error } = console;
  const stdout: string[] = [], stderr: string[] = [];
  console.log = (...values) => void stdout.push(values.join(" "));
  console.error = (...values) => void stderr.push(values.join(" "));
  try {
    return { code: await run(), stdout: stdout.join("\n"), stderr: stderr.join("\n") };
  } finally {
    Object.assign(console, { log, error });
  }
}
