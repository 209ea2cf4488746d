/**
 * Chunks of a PNG file.
 *
 * @module
 */
import { exifOrientation, type Orientation } from "./exif.ts";

/** The metadata of a PNG file. */
export interface PngHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** EXIF orientation. */
  readonly orientation: Orientation;
  /**
   * Whether the compressed data is larger than any encoder produces for this size, so that it would decompress to more
   * than the image.
   */
  readonly overfull: boolean;
  /** Whether the last chunk (IEND) is present. */
  readonly whole: boolean;
}

/** Samples per pixel of each colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const FIRST_CHUNK = 8, BEFORE_DATA = 8, AROUND_DATA = 12;
/** Upper bound in bytes of what compression can add to a small image. */
const OVERHEAD = 1 << 16;

/**
 * Reads the chunks of a PNG file.
 *
 * @param bytes The file, or at least its bytes up to the pixels.
 * @returns Size, orientation, and whether the pixels can be decompressed safely.
 * @throws {Error} If the header is missing.
 */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || nameAt(bytes, FIRST_CHUNK) !== "IHDR") {
    throw new Error("its size is missing");
  }
  const width = view.getUint32(16), height = view.getUint32(20);
  const bits = bytes[24] * (CHANNELS[bytes[25]] ?? 4);
  let orientation: Orientation = 1, packed = 0, whole = false;
  for (let at = FIRST_CHUNK; at + BEFORE_DATA <= bytes.length;) {
    const length = view.getUint32(at), name = nameAt(bytes, at);
    const data = at + BEFORE_DATA;
    if (name === "IDAT") packed += length;
    if (name === "eXIf") orientation = exifOrientation(bytes.subarray(data, data + length));
    whole = name === "IEND";
    if (whole) break;
    at += AROUND_DATA + length;
  }
  // An interlaced image has fewer than twice as many rows.
  const unpacked = 2 * height * (1 + Math.ceil(width * bits / 8));
  return { width, height, orientation, overfull: packed > unpacked + OVERHEAD, whole };
}

function nameAt(bytes: Uint8Array, chunk: number): string {
  return String.fromCharCode(...bytes.subarray(chunk + 4, chunk + 8));
}
