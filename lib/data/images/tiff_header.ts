/**
 * Whether a TIFF file is there to its end.
 *
 * @module
 */
import { ifdValues } from "./ifd.ts";

/** Places and lengths of strips, and of tiles. */
const PARTS: readonly (readonly [offsets: number, lengths: number])[] = [[273, 279], [324, 325]];

/**
 * Whether all pixels of the first image are in a file. The decoder leaves tiles black that are not.
 *
 * @param bytes The file.
 * @returns Whether they are; `true` for a BigTIFF, whose directory is laid out in another way.
 */
export function isWholeTiff(bytes: Uint8Array): boolean {
  if (bytes[2] === 0x2b || bytes[3] === 0x2b) return true;
  return PARTS.every(([offsets, lengths]) => {
    const ends = ifdValues(bytes, lengths);
    return ifdValues(bytes, offsets).every((start, i) => start + (ends[i] ?? 0) <= bytes.length);
  });
}
