/**
 * Extracts the first frame of an animated WebP file as a still file, for a decoder without animation support.
 *
 * @module
 */
import { type Chunk, chunkBytes, chunks } from "./riff.ts";
import { FIRST_CHUNK, uint24 } from "./webp_header.ts";

/** A frame and its position on the canvas. */
export interface Frame {
  /** A still WebP file of the frame. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Columns of the canvas to its left. */
  readonly left: number;
  /** Rows of the canvas above it. */
  readonly top: number;
}

/** Length of a frame's position, size, duration and flags, which precede its chunks. */
const FRAME_BYTES = 16;
const ALPHA = 0x10;

/**
 * Extracts the first frame of an animation.
 *
 * @param bytes The animated file.
 * @returns The frame.
 * @throws {Error} If there is no frame.
 */
export function webpFirstFrame(bytes: Uint8Array): Frame {
  for (const { name, data } of chunks(bytes.subarray(FIRST_CHUNK))) {
    if (name !== "ANMF" || data.length < FRAME_BYTES) continue;
    const pixels = [...chunks(data.subarray(FRAME_BYTES))];
    const header = new Uint8Array(10);
    header[0] = pixels.some(({ name }) => name === "ALPH") ? ALPHA : 0;
    // Frame and VP8X headers store width − 1 and height − 1 in the same encoding.
    header.set(data.subarray(6, 12), 4);
    return {
      file: webpFile([{ name: "VP8X", data: header }, ...pixels]),
      left: 2 * uint24(data, 0),
      top: 2 * uint24(data, 3),
    };
  }
  throw new Error("it has no frame");
}

function webpFile(parts: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const body = parts.map(chunkBytes);
  const data = new Uint8Array(4 + body.reduce((sum, { length }) => sum + length, 0));
  data.set(new TextEncoder().encode("WEBP"));
  let at = 4;
  for (const bytes of body) {
    data.set(bytes, at);
    at += bytes.length;
  }
  return chunkBytes({ name: "RIFF", data }).slice();
}
