/**
 * The transform behind shearing, shifting and turning.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Replaces an image by one whose pixel (x, y) is the nearest one to
 * (a·x + b·y + c, d·x + e·y + f) of the old image, measured at the centres of the pixels.
 *
 * Positions are kept in 16.16 fixed point, as Pillow keeps them, so that the same pixels are taken.
 *
 * @param canvas The image; its sides shorter than 32768 pixels.
 * @param a Step to the right of the source per column.
 * @param b Step to the right of the source per row.
 * @param c Shift to the right.
 * @param d Step down of the source per column.
 * @param e Step down of the source per row.
 * @param f Shift down.
 * @param fill Value of each channel where the source lies outside the image.
 */
export function affine(
  canvas: Canvas,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  fill: Uint8Array,
): void {
  const { pixels, height, width } = canvas;
  const out = canvas.spare();
  const right = fixed(a), down = fixed(d), nextRight = fixed(b), nextDown = fixed(e);
  let rowX = fixed(c + a * 0.5 + b * 0.5), rowY = fixed(f + d * 0.5 + e * 0.5);
  let to = 0;
  for (let y = 0; y < height; y++, rowX += nextRight, rowY += nextDown) {
    let sourceX = rowX, sourceY = rowY;
    for (let x = 0; x < width; x++, to += 3, sourceX += right, sourceY += down) {
      const column = sourceX >> 16, row = sourceY >> 16;
      if (column >= 0 && column < width && row >= 0 && row < height) {
        const from = (row * width + column) * 3;
        out[to] = pixels[from];
        out[to + 1] = pixels[from + 1];
        out[to + 2] = pixels[from + 2];
      } else {
        out[to] = fill[0];
        out[to + 1] = fill[1];
        out[to + 2] = fill[2];
      }
    }
  }
  canvas.swap();
}

/** A number in 16.16 fixed point. */
function fixed(value: number): number {
  return Math.floor(value * 65536 + 0.5);
}
