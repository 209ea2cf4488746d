/**
 * Destination of predictions: a file or standard output.
 *
 * @module
 */
import { printable } from "../../core/printable.ts";
import { createAtomicFile } from "../../core/write_atomically.ts";

/** A text stream; one that is disposed before `finish` leaves no file. */
export interface Output extends AsyncDisposable {
  /** Appends text. */
  write(text: string): Promise<void>;
  /** Completes the output. */
  finish(): Promise<void>;
}

/**
 * Opens a file, which is written atomically, or standard output.
 *
 * @param path Path of the file; `undefined` for standard output.
 * @returns The stream.
 * @throws {CheckpointError} If the file cannot be written.
 */
export async function openOutput(path: string | undefined): Promise<Output> {
  const encoder = new TextEncoder();
  if (path !== undefined) {
    const file = await createAtomicFile(path);
    return {
      write: (text) => file.write(encoder.encode(text)),
      finish: file.finish,
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  }
  const terminal = Deno.stdout.isTerminal();
  return {
    async write(text) {
      const bytes = encoder.encode(terminal ? shown(text) : text);
      for (let written = 0; written < bytes.length;) {
        written += await Deno.stdout.write(bytes.subarray(written));
      }
    },
    async finish() {},
    async [Symbol.asyncDispose]() {},
  };
}

/** Text for a terminal, whose lines may end in CR LF, as those of CSV. */
function shown(text: string): string {
  return text.split("\r\n").map(printable).join("\r\n");
}
