/**
 * Decodes PNG files.
 *
 * @module
 */
import { decodePng } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";
import { pngHeader } from "./png_header.ts";
import { fromRgba } from "./rgb.ts";

/**
 * Decodes a PNG file of any colour type and bit depth, interlaced or not; of an animation, the still image.
 *
 * @param bytes The file.
 * @returns The image as stored, without applying the orientation.
 * @throws {Error} If the file is truncated, corrupt, or holds more data than its size allows.
 */
export async function fromPng(bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  const { width, height, overfull, whole } = pngHeader(bytes);
  if (!whole) throw new Error("the file is truncated");
  if (overfull) {
    throw new Error(`its data is longer than ${width} × ${height} pixels can be`);
  }
  let decoded;
  try {
    decoded = await decodePng(bytes);
  } catch (cause) {
    // The decoder's errors have no message.
    throw new Error("its data cannot be unpacked", { cause });
  }
  return fromRgba(decoded);
}
