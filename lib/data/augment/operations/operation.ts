/**
 * Type of AutoAugment's operations.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Changes a colour image in place by a magnitude, as Pillow and torchvision do.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude Magnitude, in the unit of the operation.
 * @param fill Value of each channel of pixels from outside the image.
 */
export type Operation = (canvas: Canvas, magnitude: number, fill: Uint8Array) => void;
