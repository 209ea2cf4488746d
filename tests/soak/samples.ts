/**
 * What a process holds, at moments of a training.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { type Columns, readRecords, writeRecords } from "../../tools/csv_records.ts";

/** What the process holds after a step. */
export interface Sample {
  /** Steps done. */
  readonly step: number;
  /** Resident memory in megabytes. */
  readonly memory: number;
  /** Memory in use of the JavaScript engine, in megabytes. */
  readonly heap: number;
  /** Open files, sockets and pipes. */
  readonly files: number;
  /** Threads, without those that Deno starts as it needs them for blocking calls. */
  readonly threads: number;
  /** The latter. */
  readonly pool: number;
  /** Tensors. */
  readonly tensors: number;
}

/** The record of this project. */
export const RECORD = new URL("../../data/results/soak.csv", import.meta.url);

/** Columns of the record. */
const COLUMNS: Columns<Sample & { readonly machine: string }> = {
  step: "number",
  memory: "number",
  heap: "number",
  files: "number",
  threads: "number",
  pool: "number",
  tensors: "number",
  machine: "text",
};

/** Name of the threads of Deno's pool. */
const POOLED = "tokio-runtime-w";

/**
 * Counts what this process holds; files and threads only on Linux.
 *
 * @param step Steps done.
 * @returns The counts.
 */
export function sample(step: number): Sample {
  const { rss, heapUsed } = Deno.memoryUsage();
  const isLinux = Deno.build.os === "linux";
  const threads = isLinux ? threadNames() : [];
  const pool = threads.filter((name) => name === POOLED).length;
  return {
    step,
    memory: Math.round(rss / 1e5) / 10,
    heap: Math.round(heapUsed / 1e5) / 10,
    files: isLinux ? [...Deno.readDirSync("/proc/self/fd")].length : 0,
    threads: threads.length - pool,
    pool,
    tensors: tf.memory().numTensors,
  };
}

function threadNames(): string[] {
  return [...Deno.readDirSync("/proc/self/task")].flatMap(({ name }) => {
    try {
      return [Deno.readTextFileSync(`/proc/self/task/${name}/comm`).trim()];
    } catch {
      // It has ended.
      return [];
    }
  });
}

/**
 * Writes samples.
 *
 * @param file The file.
 * @param samples The samples.
 * @param machine Processor, memory and platform.
 */
export async function writeSamples(
  file: URL,
  samples: readonly Sample[],
  machine: string,
): Promise<void> {
  await writeRecords(file, COLUMNS, samples.map((sample) => ({ ...sample, machine })));
}

/**
 * Reads samples.
 *
 * @param file The file.
 * @returns The samples, and the machine that they are of.
 */
export async function readSamples(file: URL): Promise<{ samples: Sample[]; machine: string }> {
  const rows = await readRecords(file, COLUMNS);
  const samples = rows.map(({ machine: _, ...sample }) => sample);
  return { samples, machine: String(rows[0]?.machine) };
}
