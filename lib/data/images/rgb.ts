/**
 * Converts other colour formats to RGB.
 *
 * @module
 */
import type { DecodedImage } from "../../deps/image_codecs.ts";
import type { Image } from "./image.ts";

/**
 * Drops the transparency of an image.
 *
 * @param image RGBA pixels.
 * @returns RGB pixels.
 */
export function fromRgba({ width, height, data }: DecodedImage): Image {
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += 4) {
    pixels[to++] = data[from];
    pixels[to++] = data[from + 1];
    pixels[to++] = data[from + 2];
  }
  return { width, height, pixels };
}

/**
 * Converts CMYK to RGB as TensorFlow and Pillow do, without a colour profile: `(255 - ink) · (255 - black) / 255`.
 *
 * @param inks Cyan, magenta, yellow and black of each pixel, 0 (no ink) to 255.
 * @returns Red, green and blue of each pixel.
 */
export function fromCmyk(inks: Uint8Array): Uint8Array {
  const colours = new Uint8Array(inks.length / 4 * 3);
  for (let from = 0, to = 0; to < colours.length; from += 4) {
    const light = 255 - inks[from + 3];
    for (let ink = 0; ink < 3; ink++) {
      colours[to++] = Math.floor((255 - inks[from + ink]) * light / 255);
    }
  }
  return colours;
}

/**
 * Places an image on a canvas of one colour, cropping what exceeds the canvas.
 *
 * @param image The image.
 * @param canvas Size of the canvas.
 * @param place Columns to the left of the image and rows above it.
 * @param colour Background colour, RGB.
 * @returns The canvas.
 */
export function onCanvas(
  image: Image,
  canvas: { readonly width: number; readonly height: number },
  { left, top }: { readonly left: number; readonly top: number },
  colour: readonly number[],
): Image {
  const { width, height } = canvas;
  if (left === 0 && top === 0 && image.width === width && image.height === height) return image;
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]);
  const columns = Math.max(0, Math.min(image.width, width - left));
  for (let row = 0; row < Math.min(image.height, height - top); row++) {
    const from = 3 * row * image.width;
    pixels.set(image.pixels.subarray(from, from + 3 * columns), 3 * ((top + row) * width + left));
  }
  return { width, height, pixels };
}
