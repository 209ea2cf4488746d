/**
 * WebP files to pixels.
 *
 * @module
 */
import { decodeWebp } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";
import { fromRgba, onCanvas } from "./rgb.ts";
import { webpFirstFrame } from "./webp_first_frame.ts";
import { webpHeader } from "./webp_header.ts";

/**
 * Decodes a WebP file; of an animated one the first frame, black around it.
 *
 * @param bytes The file.
 * @returns The image as it is stored.
 * @throws {Error} If it is cut off or damaged.
 */
export async function fromWebp(bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  const { animated, length, ...size } = webpHeader(bytes);
  if (bytes.length < length) throw new Error("the file is cut off");
  if (!animated) return fromRgba(await decodeWebp(bytes));
  const { file, ...place } = webpFirstFrame(bytes);
  return onCanvas(fromRgba(await decodeWebp(file)), size, place, [0, 0, 0]);
}
