/**
 * What a process holds, at moments of a training.
 *
 * @module
 */
import { writeAtomically } from "../../lib/core/write_atomically.ts";
import { csv } from "../../lib/deps/csv.ts";
import { tf } from "../../lib/deps/tfjs.ts";

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
const COLUMNS = ["step", "memory", "heap", "files", "threads", "pool", "tensors", "machine"];

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
  const { stringify } = await csv();
  const rows = samples.map((sample) => ({ ...sample, machine }));
  await writeAtomically(file.pathname, stringify(rows, { columns: COLUMNS }));
}

/**
 * Reads samples.
 *
 * @param file The file.
 * @returns The samples, and the machine that they are of.
 */
export async function readSamples(file: URL): Promise<{ samples: Sample[]; machine: string }> {
  const { parse } = await csv();
  const rows = parse(await Deno.readTextFile(file), { skipFirstRow: true });
  const machine = String(rows[0]?.machine);
  const samples = rows.map(({ machine: _, ...row }) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]))
  );
  return { samples: samples as unknown as Sample[], machine };
}
