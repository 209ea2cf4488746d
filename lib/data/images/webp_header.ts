/**
 * What a WebP file tells in front of its pixels (RFC 9649).
 *
 * @module
 */
import { exifOrientation, type Orientation } from "./exif.ts";
import { chunks } from "./riff.ts";

/** What a WebP file tells besides its pixels. */
export interface WebpHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** How the image is looked at. */
  readonly orientation: Orientation;
  /** Whether it is a film. */
  readonly animated: boolean;
  /** Bytes of the whole file. */
  readonly length: number;
}

/** Where chunks begin, behind `RIFF`, the length and `WEBP`. */
export const FIRST_CHUNK = 12;
const ANIMATION = 2;

/**
 * Reads size and orientation.
 *
 * @param bytes The file; the orientation may stand at its end.
 * @returns What it tells.
 * @throws {Error} If it tells no size.
 */
export function webpHeader(bytes: Uint8Array): WebpHeader {
  let size: [width: number, height: number] | undefined;
  let orientation: Orientation = 1, animated = false;
  for (const { name, data } of chunks(bytes.subarray(FIRST_CHUNK))) {
    // A film's chunk in front tells the size of all its frames.
    size ??= sizeOf(name, data);
    if (name === "VP8X") animated = (data[0] & ANIMATION) !== 0;
    if (name === "EXIF") orientation = exifOrientation(data);
  }
  if (!size) throw new Error("it tells no size");
  const length = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return { width: size[0], height: size[1], orientation, animated, length };
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
 * A number of three bytes, the lowest first.
 *
 * @param data Bytes.
 * @param at Where it begins.
 * @returns The number.
 */
export function uint24(data: Uint8Array, at: number): number {
  return data[at] | data[at + 1] << 8 | data[at + 2] << 16;
}
