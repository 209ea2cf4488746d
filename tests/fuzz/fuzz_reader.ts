/**
 * Fuzzing one reader in a thread of its own, so that one that hangs is noticed.
 *
 * @module
 */
import type { Part, Task } from "./reader_worker.ts";

/** Longest time without a sign of life, in milliseconds: many times that of any input. */
const PATIENCE = 60_000;

/**
 * Gives a reader mutated files.
 *
 * @param task The reader and the inputs.
 * @returns What was found.
 * @throws {Error} If the reader throws an error that is not the toolkit's own, ends its thread or hangs; the message
 * names the input, with which it can be repeated.
 */
export async function fuzzReader(task: Omit<Task, "folder">): Promise<Part> {
  const folder = await Deno.makeTempDir();
  const worker = new Worker(new URL("reader_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<Part>();
  let last: Part | undefined;
  const hangs = () =>
    reject(new Error(`${task.reader} hangs after ${last?.tried ?? 0} inputs of seed ${task.seed}`));
  let timer = setTimeout(hangs, PATIENCE);
  worker.onmessage = ({ data }: MessageEvent<Part>) => {
    clearTimeout(timer);
    last = data;
    const { failure, tried } = data;
    if (failure) {
      const { input, error, bytes } = failure;
      reject(new Error(`${task.reader}, seed ${task.seed}, input ${input}: ${error}\n${bytes}`));
    } else if (tried === task.inputs) resolve(data);
    else timer = setTimeout(hangs, PATIENCE);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const { reader, seed } = task;
    reject(
      new Error(`${reader} ended after ${last?.tried} inputs of seed ${seed}: ${event.message}`),
    );
  };
  worker.postMessage({ ...task, folder });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.terminate();
    await Deno.remove(folder, { recursive: true });
  }
}
