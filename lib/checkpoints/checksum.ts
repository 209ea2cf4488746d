/**
 * The checksum of a checkpoint, over everything that is read from it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { SafetensorsFile } from "../safetensors/format.ts";

/** Name of the metadata entry that holds the checksum; it is not part of it. */
export const CHECKSUM = "sha256";

/**
 * Computes the SHA-256 over the metadata and over the names, types, shapes and bytes of the tensors. The order in the
 * file does not matter.
 *
 * @param file Tensors and metadata.
 * @returns 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const tensors = new Map(), metadata = new Map([["step", "1"]]);
 * const checksum = checksumOf({ tensors, metadata });
 * assertEquals(checksumOf({ tensors, metadata: new Map([...metadata, [CHECKSUM, checksum]]) }), checksum);
 * ```
 */
export function checksumOf({ tensors, metadata }: SafetensorsFile): string {
  const hash = createHash("sha256");
  const texts = [...metadata].filter(([name]) => name !== CHECKSUM).sort(byName);
  hash.update(JSON.stringify(texts));
  for (const [name, { type, shape, bytes }] of [...tensors].sort(byName)) {
    hash.update(JSON.stringify([name, type, shape])).update(bytes);
  }
  return hash.digest("hex");
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
