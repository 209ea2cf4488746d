/**
 * The segments of a JPEG file, up to the end of its image (ITU-T T.81, annex B).
 *
 * @module
 */
import { exifOrientation, type Orientation } from "./exif.ts";

/** The metadata of a JPEG file. */
export interface JpegHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Colours: 1 grey, 3, or 4 for CMYK. */
  readonly components: number;
  /** Whether Adobe's segment tells how colours are stored. */
  readonly adobe: boolean;
  /** How the image has to be turned to be displayed. */
  readonly orientation: Orientation;
}

const MARKER = 0xff,
  START_OF_IMAGE = 0xd8,
  END_OF_IMAGE = 0xd9,
  START_OF_SCAN = 0xda,
  APP1 = 0xe1,
  APP14 = 0xee;

/**
 * Reads the segments in front of the pixels. A thumbnail within a segment is skipped with it.
 *
 * @param bytes The file, or at least its part up to the pixels.
 * @returns Size, colours and orientation.
 * @throws {Error} If the pixels begin, or the bytes end, before the size is found.
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  let orientation: Orientation = 1, adobe = false;
  for (const { marker, body } of segments(bytes)) {
    if (isFrame(marker) && body.length >= 6) {
      const [, high, low, wide, narrow, components] = body;
      const height = 256 * high + low, width = 256 * wide + narrow;
      return { width, height, components, adobe, orientation };
    }
    if (marker === APP1 && begins(body, "Exif")) orientation = exifOrientation(body);
    if (marker === APP14 && begins(body, "Adobe")) adobe = true;
    if (marker === START_OF_SCAN) break;
  }
  throw new Error("its size is missing");
}

/**
 * Whether an image is there to its end: the marker behind all of its scans. What follows it does not matter, as where
 * phones append a video or further images, and neither do the ends of thumbnails in segments before it.
 *
 * @param bytes The file.
 * @returns Whether the end is there.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const scan = [0xff, 0xda, 0, 2, 7, 0xff, 0, 0xff, 0xd0, 9];
 * const whole = Uint8Array.from([0xff, 0xd8, ...scan, 0xff, 0xd9]);
 * assert(isWholeJpeg(whole));
 * assert(!isWholeJpeg(whole.subarray(0, -1)));
 * ```
 */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  for (const { marker } of segments(bytes)) if (marker === END_OF_IMAGE) return true;
  return false;
}

function begins(body: Uint8Array, text: string): boolean {
  return String.fromCharCode(...body.subarray(0, text.length)) === text;
}

/** Start of a frame: its size is in it. Tables of Huffman codes, arithmetic coding and extensions lie between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Segments in their order, as far as they are whole; the last is the end of the image. */
function* segments(bytes: Uint8Array): Iterable<{ marker: number; body: Uint8Array }> {
  for (let at = 2; at < bytes.length;) {
    at = bytes.indexOf(MARKER, at);
    if (at < 0) return;
    while (bytes[at] === MARKER) at++;
    const marker = bytes[at++];
    if (marker === undefined) return;
    if (marker === END_OF_IMAGE) yield { marker, body: bytes.subarray(at, at) };
    if (marker === END_OF_IMAGE) return;
    // A zero makes 0xff a value of the scan; restarts and markers below 0xc0 have no length.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) continue;
    const length = 256 * bytes[at] + bytes[at + 1];
    if (!(at + length <= bytes.length)) return;
    yield { marker, body: bytes.subarray(at + 2, at + length) };
    at += length;
  }
}
