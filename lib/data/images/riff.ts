/**
 * The chunks that WebP files are made of.
 *
 * @module
 */

/** A chunk. */
export interface Chunk {
  /** Four letters. */
  readonly name: string;
  /** What is in it. */
  readonly data: Uint8Array;
}

const BEFORE_DATA = 8;

/**
 * Reads chunks one after another.
 *
 * @param bytes Chunks; the last may be cut off.
 * @returns The chunks, each name of which is there.
 */
export function* chunks(bytes: Uint8Array): Iterable<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + BEFORE_DATA <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    yield { name, data: bytes.subarray(at + BEFORE_DATA, at + BEFORE_DATA + length) };
    // Odd lengths are filled up.
    at += BEFORE_DATA + length + length % 2;
  }
}

/**
 * Writes a chunk.
 *
 * @param chunk Its name and what is in it.
 * @returns Its bytes.
 */
export function chunkBytes({ name, data }: Chunk): Uint8Array {
  const bytes = new Uint8Array(BEFORE_DATA + data.length + data.length % 2);
  bytes.set(new TextEncoder().encode(name));
  new DataView(bytes.buffer).setUint32(4, data.length, true);
  bytes.set(data, BEFORE_DATA);
  return bytes;
}
