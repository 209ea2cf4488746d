/**
 * Paths of many images in little memory.
 *
 * @module
 */
import { isAbsolute, join } from "node:path";

/**
 * Paths as bytes that threads share: a list of half a million images takes what its file does, however many
 * threads read it, where an array of strings would be copied into each of them.
 */
export interface PathTable {
  /** Folder that relative paths begin in; empty for the current folder. */
  readonly root: string;
  /** The paths in UTF-8, with anything between them, over a SharedArrayBuffer. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` each path begins. */
  readonly starts: Uint32Array;
  /** Where in `bytes` each path ends: the place behind its last byte. */
  readonly ends: Uint32Array;
}

const encoder = new TextEncoder(), decoder = new TextDecoder();
const FIRST_CAPACITY = 1 << 16;

/**
 * Puts paths into a table.
 *
 * @param paths The paths, in the order of their images.
 * @param root Folder that relative ones begin in.
 * @returns The table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const table = pathTable(["cats/1.jpg", "dogs/1.jpg"], "images");
 * assertEquals(pathAt(table, 1), "images/dogs/1.jpg");
 * ```
 */
export function pathTable(paths: Iterable<string>, root = ""): PathTable {
  let bytes = sharedBytes(FIRST_CAPACITY), length = 0;
  const ends: number[] = [];
  for (const path of paths) {
    // A character takes three bytes of UTF-8 at most.
    const needed = length + 3 * path.length;
    if (needed > bytes.length) {
      const larger = sharedBytes(2 * needed);
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    // Not encodeInto, which takes no shared memory.
    const encoded = encoder.encode(path);
    bytes.set(encoded, length);
    length += encoded.length;
    ends.push(length);
  }
  const starts = sharedPlaces(ends.length);
  for (let i = 1; i < ends.length; i++) starts[i] = ends[i - 1];
  return { root, bytes: bytes.subarray(0, length), starts, ends: sharedPlaces(ends) };
}

/**
 * A path of a table.
 *
 * @param table The table.
 * @param index Which path, from 0.
 * @returns The path, behind the table's folder unless it is absolute.
 */
export function pathAt({ root, bytes, starts, ends }: PathTable, index: number): string {
  const path = decoder.decode(bytes.subarray(starts[index], ends[index]));
  return root === "" || isAbsolute(path) ? path : join(root, path);
}

/**
 * Picks paths of a table; the bytes stay where they are.
 *
 * @param table The table.
 * @param indices Which paths, in the order wanted.
 * @returns A table of its own.
 */
export function pickPaths(table: PathTable, indices: ArrayLike<number>): PathTable {
  const pick = (from: Uint32Array) => {
    const places = sharedPlaces(indices.length);
    for (let i = 0; i < indices.length; i++) places[i] = from[indices[i]];
    return places;
  };
  return { ...table, starts: pick(table.starts), ends: pick(table.ends) };
}

/**
 * Bytes that threads share.
 *
 * @param length How many.
 * @returns Zeros.
 */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/**
 * Places in a table that threads share.
 *
 * @param from How many, or their values.
 * @returns The places.
 */
export function sharedPlaces(from: number | readonly number[]): Uint32Array {
  const count = typeof from === "number" ? from : from.length;
  const places = new Uint32Array(new SharedArrayBuffer(4 * count));
  if (typeof from !== "number") places.set(from);
  return places;
}
