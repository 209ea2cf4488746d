/**
 * Validates TIFF files whose pixels the decoder could misread.
 *
 * @module
 */
import { ifdValues } from "./ifd.ts";

const BITS_PER_SAMPLE = 258, SAMPLE_FORMAT = 339, UNSIGNED = 1;
/** Tags of the offsets and lengths of strips, and of tiles. */
const PARTS: readonly (readonly [offsets: number, lengths: number])[] = [[273, 279], [324, 325]];

/**
 * Rejects files that the decoder would misread: it fills tiles missing from the file with black, and has no value range
 * for measurements.
 *
 * @param bytes The file.
 * @throws {Error} If the first image is truncated, or its values are not unsigned integers of at most 16 bits.
 */
export function expectPixels(bytes: Uint8Array): void {
  const whole = PARTS.every(([offsets, lengths]) => {
    const ends = ifdValues(bytes, lengths);
    return ifdValues(bytes, offsets).every((start, i) => start + (ends[i] ?? 0) <= bytes.length);
  });
  if (!whole) throw new Error("the file is truncated");
  const bits = Math.max(...ifdValues(bytes, BITS_PER_SAMPLE), 1);
  const unsigned = ifdValues(bytes, SAMPLE_FORMAT).every((format) => format === UNSIGNED);
  if (bits <= 16 && unsigned) return;
  throw new Error(
    `its values are ${
      unsigned ? `numbers of ${bits} bits` : "signed or fractions"
    }, convert it to 8 bits`,
  );
}
