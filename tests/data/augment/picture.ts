/**
 * The images of tests/golden/pictures.py.
 *
 * @module
 */
import { Canvas } from "../../../lib/data/augment/canvas.ts";

/** Height and width of the images. */
export const HEIGHT = 20, WIDTH = 24;

/** Draws waves over the whole range of values, or low-contrast ones around its middle. */
export function picture(kind: string): Canvas {
  const pixels = Uint8Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => {
    const c = i % 3, x = Math.floor(i / 3) % WIDTH, y = Math.floor(i / 3 / WIDTH);
    return kind === "waves"
      ? (x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256
      : 90 + (x * 3 + y * 2 + c * 10) % 60;
  });
  const canvas = new Canvas();
  canvas.load(pixels, 0, HEIGHT, WIDTH, 3);
  return canvas;
}
