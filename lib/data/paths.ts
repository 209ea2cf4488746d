/**
 * Compact storage of many image paths.
 *
 * @module
 */
import { isAbsolute, join } from "node:path";

/**
 * Paths as bytes in shared memory: a list of half a million images takes as much memory as its file, however many
 * threads read it, whereas an array of strings would be copied to each thread.
 */
export interface PathTable {
  /** Root folder of relative paths; empty for the current folder. */
  readonly root: string;
  /** The paths in UTF-8 over a SharedArrayBuffer; there may be other bytes between them. */
  readonly bytes: Uint8Array;
  /** Offset in `bytes` at which each path begins, inclusive. */
  readonly starts: Uint32Array;
  /** Offset in `bytes` at which each path ends, exclusive. */
  readonly ends: Uint32Array;
}

const encoder = new TextEncoder(), decoder = new TextDecoder();
const FIRST_CAPACITY = 1 << 16;

/**
 * Encodes paths into a table.
 *
 * @param paths The paths, in the order of their images.
 * @param root Root folder of relative paths.
 * @returns The table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pathAt } from "@nbn/toolkit/data";
 *
 * const table = pathTable(["cats/1.jpg", "dogs/1.jpg"], "images");
 * assertEquals(pathAt(table, 1), "images/dogs/1.jpg");
 * ```
 */
export function pathTable(paths: Iterable<string>, root = ""): PathTable {
  let bytes = sharedBytes(FIRST_CAPACITY), length = 0;
  const ends: number[] = [];
  for (const path of paths) {
    // A UTF-16 code unit takes at most three bytes of UTF-8.
    const needed = length + 3 * path.length;
    if (needed > bytes.length) {
      const larger = sharedBytes(2 * needed);
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    // encodeInto does not accept shared memory.
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
 * Decodes a path of a table.
 *
 * @param table The table.
 * @param index Index of the path, from 0.
 * @returns The path, prefixed by the table's root unless it is absolute.
 */
export function pathAt({ root, bytes, starts, ends }: PathTable, index: number): string {
  const path = decoder.decode(bytes.subarray(starts[index], ends[index]));
  return root === "" || isAbsolute(path) ? path : join(root, path);
}

/**
 * Selects paths of a table without copying their bytes.
 *
 * @param table The table.
 * @param indices Indices of the paths, in the order of the result.
 * @returns A new table over the same bytes.
 */
export function pickPaths(table: PathTable, indices: ArrayLike<number>): PathTable {
  const pick = (from: Uint32Array) => {
    const positions = sharedPlaces(indices.length);
    for (let i = 0; i < indices.length; i++) positions[i] = from[indices[i]];
    return positions;
  };
  return { ...table, starts: pick(table.starts), ends: pick(table.ends) };
}

/**
 * Allocates bytes in shared memory.
 *
 * @param length Number of bytes.
 * @returns A zero-filled array.
 */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/**
 * Allocates offsets of a table in shared memory.
 *
 * @param from Number of offsets, or their values.
 * @returns The offsets.
 */
export function sharedPlaces(from: number | readonly number[]): Uint32Array {
  const count = typeof from === "number" ? from : from.length;
  const indices = new Uint32Array(new SharedArrayBuffer(4 * count));
  if (typeof from !== "number") indices.set(from);
  return indices;
}
