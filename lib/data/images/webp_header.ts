/**
 * Metadata chunks of a WebP file (RFC 9649).
 *
 * @module
 */
import { exifOrientation, type Orientation } from "./exif.ts";
import { chunks } from "./riff.ts";

/** The metadata of a WebP file. */
export interface WebpHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** EXIF orientation. */
  readonly orientation: Orientation;
  /** Whether it is animated. */
  readonly animated: boolean;
  /** Length in bytes of the complete file. */
  readonly length: number;
}

/** Offset of the first chunk, after `RIFF`, the length and `WEBP`. */
export const FIRST_CHUNK = 12;
const ANIMATION = 2, EXIF = 8, FLAGS_AT = 20;

/**
 * Reads size, orientation, animation flag and length.
 *
 * @param bytes The file; the orientation may be at its end.
 * @returns The metadata.
 * @throws {Error} If the size is missing.
 */
export function webpHeader(bytes: Uint8Array): WebpHeader {
  let size: [width: number, height: number] | undefined;
  let orientation: Orientation = 1, animated = false;
  for (const { name, data } of chunks(bytes.subarray(FIRST_CHUNK))) {
    // The first chunk of an animation holds the size of its canvas.
    size ??= sizeOf(name, data);
    if (name === "VP8X") animated = (data[0] & ANIMATION) !== 0;
    if (name === "EXIF") orientation = exifOrientation(data);
  }
  if (!size) throw new Error("its size is missing");
  const length = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return { width: size[0], height: size[1], orientation, animated, length };
}

/**
 * Tests whether EXIF data follows the pixels.
 *
 * @param bytes The first bytes of the file.
 * @returns Whether the header announces it.
 */
export function tellsExif(bytes: Uint8Array): boolean {
  const name = String.fromCharCode(...bytes.subarray(FIRST_CHUNK, FIRST_CHUNK + 4));
  return name === "VP8X" && (bytes[FLAGS_AT] & EXIF) !== 0;
}

function sizeOf(name: string, data: Uint8Array): [width: number, height: number] | undefined {
  const byte = (at: number) => data[at];
  if (name === "VP8X" && data.length >= 10) return [1 + uint24(data, 4), 1 + uint24(data, 7)];
  if (name === "VP8 " && data.length >= 10) {
    return [(byte(6) | byte(7) << 8) & 0x3fff, (byte(8) | byte(9) << 8) & 0x3fff];
  }
  if (name === "VP8L" && data.length >= 5) {
    const bits = (byte(1) | byte(2) << 8 | byte(3) << 16 | byte(4) << 24) >>> 0;
    return [1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)];
  }
  return undefined;
}

/**
 * Reads a 24-bit little-endian integer.
 *
 * @param data Bytes.
 * @param at Offset of the first byte.
 * @returns The integer.
 */
export function uint24(data: Uint8Array, at: number): number {
  return data[at] | data[at + 1] << 8 | data[at + 2] << 16;
}
