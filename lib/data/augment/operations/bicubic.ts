/**
 * Affine transform with bicubic interpolation, for shearing.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Applies an affine transform with bicubic interpolation (coefficient −1): pixel (x, y) of the new image is
 * interpolated between the 16 pixels of the old one around (a·x + b·y + c, d·x + e·y + f), measured at pixel centres.
 * Edge pixels are replicated and results rounded down, as in Pillow's `Image.BICUBIC`.
 *
 * @param canvas The image, with 3 channels.
 * @param a Change of the source x per column.
 * @param b Change of the source x per row.
 * @param c Offset of the source x.
 * @param d Change of the source y per column.
 * @param e Change of the source y per row.
 * @param f Offset of the source y.
 * @param fill Value of each channel outside the source image.
 */
export function bicubicAffine(
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
  const columns = [0, 0, 0, 0], rows = [0, 0, 0, 0];
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const right = a * (x + 0.5) + b * (y + 0.5) + c, down = d * (x + 0.5) + e * (y + 0.5) + f;
      if (right < 0 || right >= width || down < 0 || down >= height) {
        for (let channel = 0; channel < 3; channel++) out[to + channel] = fill[channel];
        continue;
      }
      const column = Math.floor(right - 0.5), row = Math.floor(down - 0.5);
      const across = right - 0.5 - column, along = down - 0.5 - row;
      for (let i = 0; i < 4; i++) {
        columns[i] = 3 * within(column + i - 1, width);
        rows[i] = 3 * width * within(row + i - 1, height);
      }
      for (let channel = 0; channel < 3; channel++) {
        const at = (i: number) => {
          const start = rows[i] + channel;
          return cubic(
            pixels[start + columns[0]],
            pixels[start + columns[1]],
            pixels[start + columns[2]],
            pixels[start + columns[3]],
            across,
          );
        };
        const value = cubic(at(0), at(1), at(2), at(3), along);
        out[to + channel] = value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value);
      }
    }
  }
  canvas.swap();
}

/** Clamps an index to an axis. */
function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

/** Evaluates at `share` in [0, 1] the cubic through q at 0 and r at 1, with derivatives r − p and s − q. */
function cubic(p: number, q: number, r: number, s: number, fraction: number): number {
  const square = 2 * (p - q) + r - s, cube = -p + q - r + s;
  return q + fraction * (r - p + fraction * (square + fraction * cube));
}
