/**
 * Writes one subject version after version: `subject_process.ts TASK`, a task as JSON. Lines of JSON on stdout tell what
 * was there at the start, and each version that was written.
 *
 * @module
 */
import { SUBJECTS } from "./subjects.ts";
import { type Fault, withFault } from "./with_fault.ts";

/** What to write, and what is to happen. */
export interface Task {
  readonly subject: string;
  readonly folder: string;
  /** The last version of which it is known that it was written. */
  readonly written: number;
  /** Number of versions to write; without it, until the process is killed. */
  readonly versions?: number;
  /** What happens, and at which operation. */
  readonly fault?: Fault;
  readonly at?: number;
}

/** What a process tells. */
export type Line =
  /** The version that was there at its start, and the number of temporary files. */
  | { readonly found: number | "refused"; readonly leftOvers: number }
  /** A version that was written, and the number of temporary files after it. */
  | { readonly version: number; readonly leftOvers: number }
  /** All versions were written, by so many operations. */
  | { readonly operations: number };

const task = JSON.parse(Deno.args[0]) as Task;
const { folder, versions = Infinity, fault = "killed", at = Infinity } = task;
const { write, check } = await SUBJECTS[task.subject].load();
console.warn = () => {};

const found = await check(folder, task.written);
tell({ found, leftOvers: leftOvers(folder) });
// What is refused is written again.
const before = found === "refused" ? task.written : found;
const { operations, error } = await withFault(fault, at, async () => {
  for (let version = before + 1; version <= before + versions; version++) {
    await write(folder, version);
    tell({ version, leftOvers: leftOvers(folder) });
  }
});
if (error !== undefined) throw error;
tell({ operations });
Deno.exit(0);

function tell(line: Line): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(line) + "\n"));
}

/** Counts temporary files below a folder. */
function leftOvers(folder: string): number {
  try {
    return [...Deno.readDirSync(folder)].reduce((sum, { name, isDirectory }) => {
      const isOne = /\.(part|partial|tmp)$/.test(name);
      return sum + (isOne ? 1 : isDirectory ? leftOvers(`${folder}/${name}`) : 0);
    }, 0);
  } catch {
    return 0;
  }
}
