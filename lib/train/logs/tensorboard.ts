/**
 * TensorBoard events.
 *
 * @module
 */
import { tensorBoard } from "../../deps/tfjs_node.ts";
import { isNative } from "../../engine/native.ts";
import type { LogRecord, RunLogs } from "../log.ts";

/** Steps between two points of a curve: all of them would cost more than they show. */
const EVERY = 10;

/**
 * Opens an events file in a run folder. TensorFlow writes it, so there is none on the other backends.
 *
 * @param folder The run folder, which exists.
 * @returns Where to put rows, or `undefined` where TensorFlow does not run.
 */
export async function tensorBoardEvents(folder: string): Promise<RunLogs | undefined> {
  if (!isNative()) return undefined;
  const { summaryFileWriter } = await tensorBoard();
  const writer = summaryFileWriter(folder);
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
    close: flush,
  };
}
