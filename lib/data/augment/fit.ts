/**
 * Resizes an image to the size of its data set.
 *
 * @module
 */
import type { ResizeMode } from "../dataset.ts";
import type { Canvas } from "./canvas.ts";
import { halfToEven } from "./half_to_even.ts";

/** Ratio of the resized shorter side to the side of the crop. */
const RESIZED = 256 / 224;

/**
 * Resizes the image on a canvas in place, and centre-crops it with `centre-crop`: as torchvision's `Resize(256)` and
 * `CenterCrop(224)` for 224 × 224.
 *
 * @param canvas The image.
 * @param fit Method of resizing.
 * @param height Target height.
 * @param width Target width.
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
export function fitTo(canvas: Canvas, fit: ResizeMode, height: number, width: number): void {
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
