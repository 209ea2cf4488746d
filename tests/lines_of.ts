/**
 * Lines of a stream, as they come.
 *
 * @module
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";

/** Reads the lines of UTF-8 text. */
export function linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterable<string> {
  return createInterface({ input: Readable.from(stream.pipeThrough(new TextDecoderStream())) });
}
