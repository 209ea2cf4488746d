/**
 * What an operation of AutoAugment is.
 *
 * @module
 */
import type { Canvas } from "../canvas.ts";

/**
 * Changes a colour image by a magnitude, the way Pillow and torchvision do.
 *
 * @param canvas The image, with 3 channels.
 * @param magnitude How much, in the unit of the operation.
 * @param fill Value of each channel where pixels come from outside the image.
 */
export type Operation = (canvas: Canvas, magnitude: number, fill: Uint8Array) => void;
