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
  const { components, adobe } = jpegHeader(bytes);
  // Inks are stored inverted even where no segment of Adobe's says so, which TensorFlow does not know.
  const image = components < 4 || adobe ? native?.(bytes) : undefined;
  if (image) return image;
  // The usual decoder takes no CMYK.
  return components === 4 ? await fromMagick("JPEG", bytes) : fromRgba(await decodeJpeg(bytes));
}
