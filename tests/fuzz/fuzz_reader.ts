/**
 * Fuzzing one reader in a process of its own, so that one that hangs, or ends its process, is noticed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { linesOf } from "../lines_of.ts";
import type { Part, Task } from "./reader_process.ts";

/** Longest processor time without a sign of life, in seconds: many times that of any input. */
const PATIENCE = 30;
/** The same in seconds of a clock, for a process that waits, or where the system does not tell its processor time. */
const LONG_PATIENCE = 900;
/** Seconds between two looks at a process. */
const LOOK = 5;

/** Readers only read, write to their folder and load decoders: what reaches further is denied, and found. */
const RIGHTS = ["--allow-read", "--allow-env", "--allow-ffi"];

/** What was found. */
export interface Found extends Part {
  /** Most memory that the process has had, in bytes; where the system does not tell, the most after any part. */
  readonly memory: number;
  /** What went wrong after the inputs tried, in one line, with the input by which it can be repeated. */
  readonly problem?: string;
}

/**
 * Gives a reader mutated files.
 *
 * @param task The reader and the inputs.
 * @returns What was found; with a `problem` if the reader threw an error that is not the toolkit's own, ended its
 * process, or hung.
 */
export async function fuzzReader(task: Omit<Task, "folder">): Promise<Found> {
  const folder = await Deno.makeTempDir();
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "--no-prompt", ...RIGHTS, `--allow-write=${folder}`],
      fileURLToPath(new URL("reader_process.ts", import.meta.url)),
      JSON.stringify({ ...task, folder }),
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(process.stderr).text();
  let hangs = false;
  let alive = { at: performance.now() / 1000, busy: 0 };
  const timer = setInterval(() => {
    const busy = processorSeconds(process.pid) - alive.busy;
    const waited = performance.now() / 1000 - alive.at;
    if (busy < PATIENCE && waited < LONG_PATIENCE) return;
    hangs = true;
    process.kill("SIGKILL");
  }, 1000 * LOOK);
  let found: Found = { tried: 0, accepted: 0, slowest: { milliseconds: 0, input: 0 }, memory: 0 };
  try {
    for await (const line of linesOf(process.stdout)) {
      alive = { at: performance.now() / 1000, busy: processorSeconds(process.pid) };
      const part: Part = JSON.parse(line);
      const memory = Math.max(found.memory, part.memory, peakMemory(process.pid));
      found = { ...part, memory };
    }
  } finally {
    clearInterval(timer);
  }
  const [{ code, signal }, text] = await Promise.all([process.status, stderr]);
  await Deno.remove(folder, { recursive: true });
  const { tried, failure } = found;
  if (failure) return { ...found, problem: failure };
  if (tried === task.inputs && code === 0) return found;
  const what = hangs ? "hangs" : `ends with ${signal ?? `exit code ${code}`}: ${text.trim()}`;
  return { ...found, problem: `an input after ${task.first + tried - 1}: it ${what}` };
}

/** Processor time of a running process in seconds, 0 where the system does not tell. */
function processorSeconds(pid: number): number {
  try {
    // The fields after the name in parentheses; user and system time are the 14th and 15th, in hundredths.
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Most memory of a running process as Linux counts it, else 0. */
function peakMemory(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return 1024 * Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
