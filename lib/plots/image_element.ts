/**
 * Bitmap images in SVG.
 *
 * @module
 */
import { type Pixels, rgba } from "../data/image_pixels.ts";
import { encodePng } from "../deps/png_encoder.ts";
import { pngDataUrl } from "./png_data_url.ts";

/** Attributes that disable interpolation when an image is enlarged. */
export const SHARP = ` image-rendering="optimizeSpeed" style="image-rendering:pixelated"`;

/**
 * Creates an SVG image element, enlarged without interpolation.
 *
 * @param image The image.
 * @param x Left edge in CSS pixels.
 * @param y Upper edge in CSS pixels.
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
  const address = pngDataUrl(await encodePng({ height: rows, width: columns, data: rgba(image) }));
  const sharp = columns < width ? SHARP : "";
  return `<image x="${x}" y="${y}" width="${width}" height="${width * rows / columns}" ` +
    `href="${address}"${sharp}/>`;
}
