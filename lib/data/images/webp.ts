/**
 * Decodes WebP files.
 *
 * @module
 */
import { decodeWebp } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";
import { fromRgba, onCanvas } from "./rgb.ts";
import { webpFirstFrame } from "./webp_first_frame.ts";
import { webpHeader } from "./webp_header.ts";

/**
 * Decodes a WebP file; of an animation, the first frame on a black canvas.
 *
 * @param bytes The file.
 * @returns The image as stored, without applying the orientation.
 * @throws {Error} If the file is truncated or corrupt.
 */
export async function fromWebp(bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  const { animated, length, ...size } = webpHeader(bytes);
  if (bytes.length < length) throw new Error("the file is truncated");
  if (!animated) return fromRgba(await decodeWebp(bytes));
  const { file, ...place } = webpFirstFrame(bytes);
  return onCanvas(fromRgba(await decodeWebp(file)), size, place, [0, 0, 0]);
}
