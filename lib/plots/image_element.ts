/**
 * Images within an SVG.
 *
 * @module
 */
import { type Pixels, rgba } from "../data/image_pixels.ts";
import { encodePng } from "../deps/png_encoder.ts";
import { pngAddress } from "./png_address.ts";

/** Attributes of an image whose pixels stay squares when it is enlarged. */
export const SHARP = ` image-rendering="optimizeSpeed" style="image-rendering:pixelated"`;

/**
 * An image as an element of an SVG, pixels kept sharp.
 *
 * @param image The image.
 * @param x Left edge.
 * @param y Upper edge.
 * @param width Width in CSS pixels; the height follows.
 * @returns The element.
 */
export async function imageElement(
  image: Pixels,
  x: number,
  y: number,
  width: number,
): Promise<string> {
  const { height: rows, width: columns } = image;
  const address = pngAddress(await encodePng({ height: rows, width: columns, data: rgba(image) }));
  const sharp = columns < width ? SHARP : "";
  return `<image x="${x}" y="${y}" width="${width}" height="${width * rows / columns}" ` +
    `href="${address}"${sharp}/>`;
}
