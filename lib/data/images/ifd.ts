/**
 * First directory (IFD) of a TIFF file, which is also the layout of EXIF data (TIFF 6.0, section 2).
 *
 * @module
 */

/** Size in bytes of each supported value type. */
const BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4 };
const ENTRY_BYTES = 12;

/**
 * Reads integers from the first directory.
 *
 * @param tiff The file, or its bytes up to the directory and its values.
 * @param tag Tag to read.
 * @returns The available values; empty if the tag is missing, has another type, or the data is corrupt.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
 * const tiff = Uint8Array.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0]);
 * assertEquals(ifdValues(tiff, 0x112), [6]);
 * assertEquals(ifdValues(tiff, 0x111), []);
 * ```
 */
export function ifdValues(tiff: Uint8Array, tag: number): number[] {
  if (tiff.length < 8) return [];
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return [];
  const entries = view.getUint16(first, little);
  for (let i = 0, at = first + 2; i < entries && at + ENTRY_BYTES <= tiff.length; i++) {
    if (view.getUint16(at, little) === tag) {
      const bytes = BYTES[view.getUint16(at + 2, little)], count = view.getUint32(at + 4, little);
      if (!bytes) return [];
      // Values of up to four bytes are stored in the entry itself.
      const from = bytes * count <= 4 ? at + 8 : view.getUint32(at + 8, little);
      const there = Math.min(count, Math.floor((tiff.length - from) / bytes));
      return Array.from({ length: Math.max(0, there) }, (_, value) => {
        const offset = from + bytes * value;
        if (bytes === 1) return view.getUint8(offset);
        return bytes === 2 ? view.getUint16(offset, little) : view.getUint32(offset, little);
      });
    }
    at += ENTRY_BYTES;
  }
  return [];
}
