/**
 * Reads the headers of image files on disk.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { imageHeader } from "../decode.ts";
import { reading } from "../files/reading.ts";
import type { ImageHeader } from "./header.ts";
import { imageKind } from "./kind.ts";
import { tellsExif } from "./webp_header.ts";

/** Sufficient for most headers; those with large colour profiles are longer. */
const FIRST_BYTES = 1 << 16;

/**
 * Reads the header of an image file; for most files, only their first bytes are read.
 *
 * @param path Path of the file.
 * @returns Size and orientation.
 * @throws {DataError} If the file cannot be read, or is not an image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, writeImageFolder } from "@nbn/toolkit/data";
 *
 * const folder = await Deno.makeTempDir();
 * const { test } = builtin({ testImages: 1 });
 * await writeImageFolder(folder, test);
 * const { width, height, orientation } = await readHeader(`${folder}/${test.classNames[0]}/0.png`);
 * assertEquals([width, height, orientation], [32, 32, 1]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readHeader(path: string): Promise<ImageHeader> {
  const { bytes, whole } = await reading(path, firstBytes);
  if (whole) return await imageHeader(bytes, path);
  const kind = imageKind(bytes);
  const enough = kind === "JPEG" || kind === "PNG" || kind === "GIF" ||
    (kind === "WebP" && !tellsExif(bytes));
  if (enough) {
    try {
      return await imageHeader(bytes, path);
    } catch (error) {
      // The size may be beyond the first bytes.
      if (!(error instanceof DataError)) throw error;
    }
  }
  return await imageHeader(await reading(path, Deno.readFile), path);
}

async function firstBytes(path: string): Promise<{ bytes: Uint8Array; whole: boolean }> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(FIRST_BYTES);
  let length = 0;
  while (length < FIRST_BYTES) {
    const read = file.readSync(buffer.subarray(length));
    if (read === null) return { bytes: buffer.subarray(0, length), whole: true };
    length += read;
  }
  return { bytes: buffer, whole: false };
}
