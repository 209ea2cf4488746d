/**
 * Rotation.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";
import { affine } from "./affine.ts";

/**
 * Rotates an image about its centre, keeping its size.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Degrees, counter-clockwise.
 * @param fill Value of each channel of pixels from outside the image.
 */
export function rotate(canvas: Canvas, magnitude: number, fill: Uint8Array): void {
  if (magnitude % 360 === 0) return;
  const radians = -magnitude * Math.PI / 180;
  const cosine = Math.cos(radians), sine = Math.sin(radians);
  const x = canvas.width / 2, y = canvas.height / 2;
  affine(
    canvas,
    cosine,
    sine,
    x - cosine * x - sine * y,
    -sine,
    cosine,
    y + sine * x - cosine * y,
    fill,
  );
}
