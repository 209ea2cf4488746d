/**
 * Rarer kinds of image files to pixels.
 *
 * @module
 */
import { magickDecode } from "../../deps/magick.ts";
import type { Image } from "./image.ts";
import type { ImageKind } from "./kind.ts";
import { fromCmyk, onCanvas } from "./rgb.ts";

/**
 * Decodes a file of a kind for which there is no decoder of its own; of several images or frames in it the first.
 *
 * @param kind What it is.
 * @param bytes The file.
 * @returns The image as it is stored; a GIF's frame on its screen, in the palette's first colour around it.
 * @throws {Error} If it is cut off or damaged.
 */
export async function fromMagick(
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Image> {
  const { width, height, colours, pixels, page, firstColour } = await magickDecode(bytes, kind);
  const image = { width, height, pixels: colours === "CMYK" ? fromCmyk(pixels) : pixels };
  if (kind !== "GIF") return image;
  return onCanvas(image, page, { left: page.x, top: page.y }, firstColour ?? [0, 0, 0]);
}
