/**
 * Decodes less common kinds of image files.
 *
 * @module
 */
import { magickDecode } from "../../deps/magick.ts";
import type { Image } from "./image.ts";
import type { ImageKind } from "./kind.ts";
import { gifHeader } from "./gif_header.ts";
import { orientationOf } from "./exif.ts";
import { upright } from "./orient.ts";
import { expectPixels } from "./tiff_header.ts";
import { fromCmyk, onCanvas } from "./rgb.ts";

/**
 * Decodes a file of a kind without a dedicated decoder. Of several images or frames, the first is decoded.
 *
 * @param kind Kind of the file.
 * @param bytes The file.
 * @returns The upright image; for GIF, the first frame on its logical screen, filled with the palette's first colour.
 * @throws {Error} If the file is truncated or corrupt.
 */
export async function fromMagick(
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Image> {
  if (kind === "TIFF") expectPixels(bytes);
  const decoded = await magickDecode(bytes, kind);
  const { width, height, colours, pixels, page, firstColour } = decoded;
  const image = { width, height, pixels: colours === "CMYK" ? fromCmyk(pixels) : pixels };
  if (kind === "TIFF") return upright(image, orientationOf(decoded.orientation));
  if (kind !== "GIF") return image;
  return onCanvas(image, gifHeader(bytes), { left: page.x, top: page.y }, firstColour ?? [0, 0, 0]);
}
