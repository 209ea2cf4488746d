/**
 * A pool of worker threads that prepare batches.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { sharedJpeg } from "../native_jpeg.ts";
import { type Damaged, damagedOf, type Preparation, type Prepare, preparer } from "./prepare.ts";
import type { Answer, Message } from "./worker.ts";

/** Prepares batches, on threads or on the calling thread. */
export interface Pool {
  /** Prepares a batch; several may be requested concurrently. */
  readonly prepare: Prepare;
  /** Decodes images and returns those that are corrupt, with reasons. */
  check(indices: Int32Array): Promise<Damaged[]>;
  /** Terminates the threads after their current image. Pending batches never settle. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const ERRORS = { data: DataError, range: RangeError, other: Error };

/**
 * Opens a pool.
 *
 * @param preparation Parameters of every thread.
 * @param workers Number of threads; with 0 the calling thread prepares.
 * @returns The pool.
 */
export function openPool(preparation: Preparation, workers: number): Pool {
  // Validates the options on the calling thread.
  preparer(preparation);
  const complete = preparation.dataset.images.kind === "files"
    ? sharedJpeg().then((jpeg) => ({ ...preparation, jpeg }))
    : Promise.resolve(preparation);
  if (workers === 0) {
    const ready = complete.then(preparer);
    return {
      prepare: async (job) => (await ready)(job),
      check: async (indices) => damagedOf(await complete, indices),
      close: () => Promise.resolve(),
    };
  }
  const threads = Array.from({ length: workers }, () => openThread(complete));
  const ask = (message: Message): Promise<Answer> => {
    const idlest = threads.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
    return new Promise((resolve, reject) => {
      idlest.waiting.push({ resolve, reject });
      idlest.send(message);
    });
  };
  return {
    prepare: async (job) => (await ask({ job }) as { images: Float32Array<ArrayBuffer> }).images,
    check: async (indices) => (await ask({ check: indices }) as { damaged: Damaged[] }).damaged,
    async close() {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function openThread(preparation: Promise<Preparation>) {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "batches",
  });
  const waiting: Waiting[] = [];
  const ended = Promise.withResolvers<void>();
  let ending = false;
  const endIfIdle = () => {
    if (!ending || waiting.length > 0) return;
    worker.terminate();
    ended.resolve();
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const { resolve, reject } = waiting.shift()!;
    if (ending) return endIfIdle();
    if ("error" in data) reject(new ERRORS[data.error.kind](data.error.message));
    else resolve(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const error = new Error(`The thread that prepares batches ended: ${event.message}`);
    for (const { reject } of waiting.splice(0)) if (!ending) reject(error);
    endIfIdle();
  };
  const post = (message: Message) => worker.postMessage(message);
  const ready = preparation.then((prepare) => post({ prepare }));
  return {
    waiting,
    send: (message: Message) => void ready.then(() => post(message)),
    /** Stops the thread gracefully: terminating it while it compiles a decoder would crash the process. */
    end(): Promise<void> {
      ending = true;
      post({ stop: true });
      endIfIdle();
      return ended.promise;
    },
  };
}
