/**
 * Which TIFF files have pixels that mean what those of other images do.
 *
 * @module
 */
import { ifdValues } from "./ifd.ts";

const BITS_PER_SAMPLE = 258, SAMPLE_FORMAT = 339, UNSIGNED = 1;
/** Places and lengths of strips, and of tiles. */
const PARTS: readonly (readonly [offsets: number, lengths: number])[] = [[273, 279], [324, 325]];

/**
 * Refuses what the decoder would make wrong pixels of: it leaves tiles black that are not in the file, and has no
 * range of values for measurements.
 *
 * @param bytes The file.
 * @throws {Error} If the first image is cut off, or its values are not whole numbers from 0 of at most 16 bits.
 */
export function expectPixels(bytes: Uint8Array): void {
  const whole = PARTS.every(([offsets, lengths]) => {
    const ends = ifdValues(bytes, lengths);
    return ifdValues(bytes, offsets).every((start, i) => start + (ends[i] ?? 0) <= bytes.length);
  });
  if (!whole) throw new Error("the file is cut off");
  const bits = Math.max(...ifdValues(bytes, BITS_PER_SAMPLE), 1);
  const unsigned = ifdValues(bytes, SAMPLE_FORMAT).every((format) => format === UNSIGNED);
  if (bits <= 16 && unsigned) return;
  throw new Error(
    `its values are ${
      unsigned ? `numbers of ${bits} bits` : "signed or fractions"
    }, convert it to 8 bits`,
  );
}
