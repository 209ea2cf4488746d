/**
 * Where predictions are written.
 *
 * @module
 */
import { createWhole } from "../../train/write_whole.ts";

/** Takes text bit by bit. */
export interface Output extends AsyncDisposable {
  /** Adds text. */
  write(text: string): Promise<void>;
  /** Says that all is there. */
  finish(): Promise<void>;
}

/**
 * Opens a file, which is there when all is written or not at all, or standard output.
 *
 * @param path Path of the file; standard output without it.
 * @returns Where to write to.
 * @throws {CheckpointError} If the file cannot be written.
 */
export async function openOutput(path: string | undefined): Promise<Output> {
  const encoder = new TextEncoder();
  if (path !== undefined) {
    const file = await createWhole(path);
    return {
      write: (text) => file.write(encoder.encode(text)),
      finish: file.finish,
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  }
  return {
    async write(text) {
      const bytes = encoder.encode(text);
      for (let written = 0; written < bytes.length;) {
        written += await Deno.stdout.write(bytes.subarray(written));
      }
    },
    async finish() {},
    async [Symbol.asyncDispose]() {},
  };
}
