/**
 * Camera orientation from the EXIF data of an image file.
 *
 * @module
 */
import { ifdValues } from "./ifd.ts";

/**
 * EXIF orientation: 1 upright, 2 mirrored, 3 rotated by 180°, 4 flipped vertically, 5 transposed, 6 to be rotated by
 * 90° clockwise for display, 7 transposed along the other diagonal, 8 to be rotated by 90° counterclockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x112;

/**
 * Reads the orientation of EXIF data (EXIF 2.32, section 4.6.4).
 *
 * @param exif The data, in the layout of a TIFF file, with or without the prefix `Exif\0\0`.
 * @returns The orientation; 1 if it is missing or the data is corrupt.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
 * const exif = Uint8Array.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]);
 * assertEquals(exifOrientation(exif), 6);
 * assertEquals(exifOrientation(exif.subarray(0, 12)), 1);
 * ```
 */
export function exifOrientation(exif: Uint8Array): Orientation {
  const tiff = String.fromCharCode(...exif.subarray(0, 6)) === "Exif\0\0" ? exif.subarray(6) : exif;
  return orientationOf(ifdValues(tiff, ORIENTATION_TAG)[0]);
}

/**
 * Validates an orientation.
 *
 * @param value The number, if there is one.
 * @returns The orientation; 1 for any other number.
 */
export function orientationOf(value: number | undefined): Orientation {
  return value !== undefined && value >= 1 && value <= 8 ? value as Orientation : 1;
}
