/**
 * RIFF chunks, the container format of WebP files.
 *
 * @module
 */

/** A RIFF chunk. */
export interface Chunk {
  /** Four-character code. */
  readonly name: string;
  /** Payload. */
  readonly data: Uint8Array;
}

const BEFORE_DATA = 8;

/**
 * Iterates over chunks.
 *
 * @param bytes Consecutive chunks; the last may be truncated.
 * @returns The chunks with a complete header.
 */
export function* chunks(bytes: Uint8Array): Iterable<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + BEFORE_DATA <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    yield { name, data: bytes.subarray(at + BEFORE_DATA, at + BEFORE_DATA + length) };
    // Chunks are padded to even lengths.
    at += BEFORE_DATA + length + length % 2;
  }
}

/**
 * Serialises a chunk.
 *
 * @param chunk Name and payload.
 * @returns Its bytes.
 */
export function chunkBytes({ name, data }: Chunk): Uint8Array {
  const bytes = new Uint8Array(BEFORE_DATA + data.length + data.length % 2);
  bytes.set(new TextEncoder().encode(name));
  new DataView(bytes.buffer).setUint32(4, data.length, true);
  bytes.set(data, BEFORE_DATA);
  return bytes;
}
