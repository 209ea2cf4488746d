/**
 * Affine transform for shearing, shifting and rotating.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Applies an affine transform with nearest-neighbour interpolation: pixel (x, y) of the new image is the pixel of the
 * old one at (a·x + b·y + c, d·x + e·y + f), measured at pixel centres.
 *
 * Coordinates are in 16.16 fixed point as in Pillow, so that the same pixels are selected.
 *
 * @param canvas The image, with 3 channels and sides shorter than 32768 pixels.
 * @param a Change of the source x per column.
 * @param b Change of the source x per row.
 * @param c Offset of the source x.
 * @param d Change of the source y per column.
 * @param e Change of the source y per row.
 * @param f Offset of the source y.
 * @param fill Value of each channel outside the source image.
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

/** Converts a number to 16.16 fixed point. */
function fixed(value: number): number {
  return Math.floor(value * 65536 + 0.5);
}
