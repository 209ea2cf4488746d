/**
 * Hue adjustment.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

const { fround, max, min, trunc } = Math;

/**
 * Rotates the hue of an image in Pillow's 8-bit HSV, in float32 arithmetic so that every byte equals Pillow's.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Rotation as a fraction of the colour circle, −0.5 to 0.5.
 */
export function hue(canvas: Canvas, magnitude: number): void {
  const { pixels, length } = canvas;
  const shift = trunc(255 * magnitude);
  for (let i = 0; i < length; i += 3) {
    const red = pixels[i], green = pixels[i + 1], blue = pixels[i + 2];
    const value = max(red, green, blue), range = value - min(red, green, blue);
    // Grey has no hue.
    if (range === 0) continue;
    const saturation = byte(trunc(fround(range / value) * 255));
    const turned = (hueOf(red, green, blue, value, range) + shift) & 255;
    if (saturation === 0) {
      pixels[i] = pixels[i + 1] = pixels[i + 2] = value;
      continue;
    }
    const sixth = fround(turned * 6) / 255, sector = Math.floor(sixth);
    const rest = fround(sixth - sector), fraction = fround(saturation / 255);
    const low = byte(rounded(value * (1 - fraction)));
    const falling = byte(rounded(value * (1 - fraction * rest)));
    const rising = byte(rounded(value * (1 - fraction * (1 - rest))));
    switch (sector % 6) {
      case 0:
        write(pixels, i, value, rising, low);
        break;
      case 1:
        write(pixels, i, falling, value, low);
        break;
      case 2:
        write(pixels, i, low, value, rising);
        break;
      case 3:
        write(pixels, i, low, falling, value);
        break;
      case 4:
        write(pixels, i, rising, low, value);
        break;
      default:
        write(pixels, i, value, low, falling);
    }
  }
}

/** Hue of a colour that is not grey; the full circle is 0 to 255. */
function hueOf(red: number, green: number, blue: number, value: number, range: number): number {
  const far = (channel: number) => fround((value - channel) / range);
  const sixths = red === value
    ? fround(far(blue) - far(green))
    : green === value
    ? fround(2 + far(red) - far(blue))
    : fround(4 + far(green) - far(red));
  return byte(trunc(fround((sixths / 6 + 1) % 1) * 255));
}

function write(pixels: Uint8Array, i: number, red: number, green: number, blue: number): void {
  pixels[i] = red;
  pixels[i + 1] = green;
  pixels[i + 2] = blue;
}

/** Rounds non-negative numbers half up, as C's `round`. */
function rounded(value: number): number {
  return Math.floor(value + 0.5);
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
