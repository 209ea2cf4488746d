/**
 * A thread that prepares batches.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { type Job, type Preparation, type Prepare, preparer } from "./prepare.ts";

/** What the thread is sent: first how to prepare, then batch after batch. */
export type Message = { prepare: Preparation } | { job: Job };

/** What it answers for each batch, in their order. */
export type Answer =
  | { images: Float32Array<ArrayBuffer> }
  | { error: { kind: "data" | "range" | "other"; message: string } };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Message>) => void;
  postMessage(answer: Answer, transfer?: Transferable[]): void;
};

let prepare: Prepare;
let last = Promise.resolve();

scope.onmessage = ({ data }) => {
  // One batch after another: they share a canvas.
  last = last.then(() => "prepare" in data ? begin(data.prepare) : answer(data.job));
};

function begin(preparation: Preparation): void {
  prepare = preparer(preparation);
}

async function answer(job: Job): Promise<void> {
  try {
    const images = await prepare(job);
    scope.postMessage({ images }, [images.buffer]);
  } catch (error) {
    const kind = error instanceof DataError
      ? "data"
      : error instanceof RangeError
      ? "range"
      : "other";
    scope.postMessage({ error: { kind, message: (error as Error).message } });
  }
}
