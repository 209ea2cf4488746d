/**
 * PNG files to pixels.
 *
 * @module
 */
import { decodePng } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";
import { pngHeader } from "./png_header.ts";
import { fromRgba } from "./rgb.ts";

/**
 * Decodes a PNG file of any colours and depth, interlaced or not; of an animated one its still image.
 *
 * @param bytes The file.
 * @returns The image as it is stored.
 * @throws {Error} If it is cut off, damaged, or unpacks to more than its size.
 */
export async function fromPng(bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  const { width, height, overfull, whole } = pngHeader(bytes);
  if (!whole) throw new Error("the file is cut off");
  if (overfull) {
    throw new Error(`its data is longer than ${width} × ${height} pixels can be`);
  }
  let decoded;
  try {
    decoded = await decodePng(bytes);
  } catch (cause) {
    // The decoder gives no reason.
    throw new Error("its data cannot be unpacked", { cause });
  }
  return fromRgba(decoded);
}
