/**
 * Decompressing archives that may be hostile.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";

/** Most bytes that an archive may decompress to: CIFAR's take up to 185 MB. */
const MOST_BYTES = 1 << 29;

/**
 * Decompresses a gzip file.
 *
 * @param packed The file.
 * @param most Most bytes to decompress to; a small file may decompress to a thousand times its size.
 * @returns Its content.
 * @throws {Error} If it is damaged, or decompresses to more.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { gzipSync } from "node:zlib";
 *
 * assertThrows(() => gunzip(gzipSync(new Uint8Array(1001)), 1000), Error, "more than 1000 bytes");
 * ```
 */
export function gunzip(packed: Uint8Array, most = MOST_BYTES): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: most });
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    throw new Error(`it unpacks to more than ${most} bytes`, { cause: error });
  }
}
