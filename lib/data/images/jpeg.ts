/**
 * Decodes JPEG files.
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
 * @param native TensorFlow's decoder, which is faster and returns the same pixels.
 * @returns The image as stored, without applying the orientation.
 * @throws {Error} If the file is truncated or corrupt.
 */
export async function fromJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  native?: NativeJpeg,
): Promise<Image> {
  // Decoders would fill the missing part with grey.
  if (!isWholeJpeg(bytes)) throw new Error("the file is truncated");
  const { components, adobe } = jpegHeader(bytes);
  // CMYK values are stored inverted even without an Adobe segment, which TensorFlow does not account for.
  const image = components < 4 || adobe ? native?.(bytes) : undefined;
  if (image) return image;
  // The default decoder does not support CMYK.
  return components === 4 ? await fromMagick("JPEG", bytes) : fromRgba(await decodeJpeg(bytes));
}
