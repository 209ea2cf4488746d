/**
 * TensorBoard events.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { tensorBoard } from "../../deps/tfjs_node.ts";
import { execute, isNative } from "../../engine/native.ts";
import type { LogRecord, RunLogs } from "../log.ts";

/** Steps between two points of a curve: all of them would cost more than they show. */
const EVERY = 10;

/** Points that TensorFlow holds before it writes them, as it does by default. */
const QUEUE = 10;

/** Milliseconds after which it writes them in any case, as it does by default. */
const FLUSH_MS = 120_000;

/** How names of files with events end. */
const SUFFIX = ".v2";

/**
 * Opens an events file in a run folder. TensorFlow writes it, so there is none on the other backends.
 *
 * @param folder The run folder, which exists.
 * @returns Where to put rows, or `undefined` where TensorFlow does not run.
 */
export async function tensorBoardEvents(folder: string): Promise<RunLogs | undefined> {
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
 * Opens the file. TensorFlow.js's function for it keeps its tensors, and each writer for ever under the name of its
 * folder, where a closed one would be found again.
 */
function openWriter(folder: string): tf.Tensor {
  return tf.tidy(() => {
    const [resource] = execute("SummaryWriter", { shared_name: `logdir:${folder}` }, [], 1);
    const file = [tf.scalar(folder), tf.scalar(QUEUE, "int32"), tf.scalar(FLUSH_MS, "int32")];
    execute("CreateSummaryFileWriter", {}, [resource, ...file, tf.scalar(SUFFIX)], 0);
    return resource;
  });
}
