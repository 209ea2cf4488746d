/**
 * The chunks of a PNG file.
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
  /** How the image has to be turned to be displayed. */
  readonly orientation: Orientation;
  /** Whether the compressed pixels are longer than any encoder makes them: they would unpack to more than the image. */
  readonly overfull: boolean;
  /** Whether its last chunk is there. */
  readonly whole: boolean;
}

/** Samples of a pixel for each type of colour. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const FIRST_CHUNK = 8, BEFORE_DATA = 8, AROUND_DATA = 12;
/** What compression can add to a few pixels. */
const OVERHEAD = 1 << 16;

/**
 * Reads the chunks of a PNG file.
 *
 * @param bytes The file, or at least its part up to the pixels.
 * @returns Size, orientation, and whether its pixels can be unpacked without danger.
 * @throws {Error} If the header is not there.
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
  // Interlacing needs fewer than twice as many rows.
  const unpacked = 2 * height * (1 + Math.ceil(width * bits / 8));
  return { width, height, orientation, overfull: packed > unpacked + OVERHEAD, whole };
}

function nameAt(bytes: Uint8Array, chunk: number): string {
  return String.fromCharCode(...bytes.subarray(chunk + 4, chunk + 8));
}
