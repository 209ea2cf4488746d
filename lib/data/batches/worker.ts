/**
 * Worker thread that prepares batches.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import {
  type Damaged,
  damagedOf,
  type Job,
  type Preparation,
  type Prepare,
  preparer,
} from "./prepare.ts";

/**
 * Messages to the worker: first the parameters, then batches to prepare or images to check, finally a stop request,
 * after which current and pending jobs fail.
 */
export type Message =
  | { prepare: Preparation }
  | { job: Job }
  | { check: Int32Array }
  | { stop: true };

/** Answers of the worker to jobs and checks, in the order of the requests. */
export type Answer =
  | { images: Float32Array<ArrayBuffer> }
  | { damaged: Damaged[] }
  | { error: { kind: "data" | "range" | "other"; message: string } };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Message>) => void;
  postMessage(answer: Answer, transfer?: Transferable[]): void;
};

let preparation: Preparation, prepare: Prepare;
let last = Promise.resolve();
let stopped = false;

scope.onmessage = ({ data }) => {
  if ("stop" in data) {
    stopped = true;
    return;
  }
  // Jobs run one after another, because they share a canvas.
  last = last.then(() => "prepare" in data ? begin(data.prepare) : answer(data));
};

function begin(how: Preparation): void {
  preparation = how;
  prepare = preparer(how);
}

function expectRunning(): void {
  if (stopped) throw new Error("stopped");
}

async function answer(message: { job: Job } | { check: Int32Array }): Promise<void> {
  try {
    expectRunning();
    if ("check" in message) {
      scope.postMessage({ damaged: await damagedOf(preparation, message.check) });
      return;
    }
    const images = await prepare(message.job, expectRunning);
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
