/**
 * Bringing an image to the size of its data set.
 *
 * @module
 */
import type { Fit } from "../dataset.ts";
import type { Canvas } from "./canvas.ts";
import { halfToEven } from "./half_to_even.ts";

/** What the shorter side is resized to, for every pixel of the crop. */
const RESIZED = 256 / 224;

/**
 * Resizes the image on a canvas, and crops it where its sides have another ratio and are not to be stretched: as
 * `Resize(256)` and `CenterCrop(224)` of torchvision for 224 × 224.
 *
 * @param canvas The image.
 * @param fit How it comes to its size.
 * @param height Rows wanted.
 * @param width Columns wanted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Canvas } from "./canvas.ts";
 *
 * const canvas = new Canvas();
 * canvas.load(new Uint8Array(30 * 40 * 3), 0, 30, 40, 3);
 * fitTo(canvas, "centre-crop", 14, 14);
 * assertEquals([canvas.height, canvas.width], [14, 14]);
 * ```
 */
export function fitTo(canvas: Canvas, fit: Fit, height: number, width: number): void {
  const whole = { left: 0, top: 0, width: canvas.width, height: canvas.height };
  if (fit === "stretch") {
    if (canvas.height !== height || canvas.width !== width) canvas.resize(whole, height, width);
    return;
  }
  const shorter = Math.min(canvas.width, canvas.height);
  const resized = Math.round(Math.max(height, width) * RESIZED);
  const side = (length: number) =>
    length === shorter ? resized : Math.trunc(resized * length / shorter);
  const rows = side(canvas.height), columns = side(canvas.width);
  const top = halfToEven((rows - height) / 2), left = halfToEven((columns - width) / 2);
  canvas.resize(whole, rows, columns, { left, top, width, height });
}
