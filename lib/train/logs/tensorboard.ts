/**
 * Logging to TensorBoard.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { tensorBoard } from "../../deps/tfjs_node.ts";
import { execute, isNative } from "../../engine/native.ts";
import type { LogFile, LogRecord } from "./log_file.ts";

/** Number of steps between two points of a curve, to limit the cost of logging. */
const EVERY = 10;

/** Number of points that TensorFlow buffers before writing; its default. */
const QUEUE = 10;

/** Milliseconds after which TensorFlow flushes the buffer; its default. */
const FLUSH_MS = 120_000;

/** File name suffix of event files. */
const SUFFIX = ".v2";

/**
 * Opens an event file in a run folder. It is written by TensorFlow, so other backends do not support it.
 *
 * @param folder The existing run folder.
 * @returns The log, or `undefined` on other backends.
 */
export async function tensorBoardEvents(folder: string): Promise<LogFile | undefined> {
  if (!isNative()) return undefined;
  const { SummaryFileWriter } = await tensorBoard();
  const resource = openWriter(folder);
  const writer = new SummaryFileWriter(resource);
  const write = ({ step, ...values }: LogRecord) => {
    for (const [name, value] of Object.entries(values)) {
      if (value !== null) writer.scalar(name.replace(":", "/"), value, step as number);
    }
  };
  const flush = () => {
    writer.flush();
    return Promise.resolve();
  };
  return {
    step(record) {
      if ((record.step as number) % EVERY === 0) write(record);
    },
    evaluation: write,
    flush,
    close() {
      execute("CloseSummaryWriter", {}, [resource], 0);
      resource.dispose();
      return Promise.resolve();
    },
  };
}

/**
 * Opens the file. TensorFlow.js's own function leaks its tensors and caches every writer by its folder, so that it
 * would return a closed one again.
 */
function openWriter(folder: string): tf.Tensor {
  return tf.tidy(() => {
    const [resource] = execute("SummaryWriter", { shared_name: `logdir:${folder}` }, [], 1);
    const file = [tf.scalar(folder), tf.scalar(QUEUE, "int32"), tf.scalar(FLUSH_MS, "int32")];
    execute("CreateSummaryFileWriter", {}, [resource, ...file, tf.scalar(SUFFIX)], 0);
    return resource;
  });
}
