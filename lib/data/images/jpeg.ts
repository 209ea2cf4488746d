/**
 * JPEG files to pixels.
 *
 * @module
 */
import { decodeJpeg } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";
import type { NativeJpeg } from "../native_jpeg.ts";
import { isWholeJpeg, jpegHeader } from "./jpeg_header.ts";
import { fromMagick } from "./other_kinds.ts";
import { fromRgba } from "./rgb.ts";

/**
 * Decodes a JPEG file.
 *
 * @param bytes The file.
 * @param native TensorFlow's decoder: the same pixels sooner.
 * @returns The image as it is stored.
 * @throws {Error} If it is cut off or damaged.
 */
export async function fromJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  native?: NativeJpeg,
): Promise<Image> {
  // Decoders paint the missing part grey.
  if (!isWholeJpeg(bytes)) throw new Error("the file is cut off");
  const image = native?.(bytes);
  if (image) return image;
  // The usual decoder takes no CMYK.
  if (jpegHeader(bytes).components === 4) return await fromMagick("JPEG", bytes);
  return fromRgba(await decodeJpeg(bytes));
}
