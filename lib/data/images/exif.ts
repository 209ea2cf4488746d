/**
 * How a camera was held, from the EXIF data of a file.
 *
 * @module
 */

/**
 * How the stored rows and columns of an image lie when it is looked at: 1 as they are, 2 mirrored, 3 rotated by 180°,
 * 4 upside down, 5 transposed, 6 rotated by 90° clockwise, 7 transposed across, 8 by 90° counterclockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x112;
const ENTRY_BYTES = 12;

/**
 * Reads the orientation of EXIF data (EXIF 2.32, section 4.6.4).
 *
 * @param exif The data, which is laid out as a TIFF file; `Exif` and two zeros may stand in front.
 * @returns The orientation, 1 where none is told or the data makes no sense.
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
  if (tiff.length < 8) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return 1;
  const entries = view.getUint16(first, little);
  for (let i = 0, at = first + 2; i < entries && at + ENTRY_BYTES <= tiff.length; i++) {
    if (view.getUint16(at, little) === ORIENTATION_TAG) {
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value as Orientation : 1;
    }
    at += ENTRY_BYTES;
  }
  return 1;
}
