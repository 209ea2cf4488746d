/**
 * Segments of a JPEG file, up to the end of its image (ITU-T T.81, annex B).
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
  /** Number of colour components: 1 for grey, 3, or 4 for CMYK. */
  readonly components: number;
  /** Whether an Adobe segment specifies how colours are stored. */
  readonly adobe: boolean;
  /** EXIF orientation. */
  readonly orientation: Orientation;
}

const MARKER = 0xff,
  START_OF_IMAGE = 0xd8,
  END_OF_IMAGE = 0xd9,
  START_OF_SCAN = 0xda,
  APP1 = 0xe1,
  APP14 = 0xee;

/**
 * Reads the segments before the pixels. Thumbnails are skipped with the segment that contains them.
 *
 * @param bytes The file, or at least its bytes up to the pixels.
 * @returns Size, colour components and orientation.
 * @throws {Error} If the pixels begin or the file ends before the size is found.
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
 * Tests whether an image is complete, that is, whether there is an end marker after all of its scans. Data after it is
 * ignored, because phones append videos or further images, and so are the end markers of thumbnails in earlier
 * segments.
 *
 * @param bytes The file.
 * @returns Whether the end marker is found.
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

/**
 * Whether a segment is a start of frame, which holds the size. Huffman tables, arithmetic coding and extensions use
 * codes in the same range.
 */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Iterates over complete segments; the last one is the end of the image. */
function* segments(bytes: Uint8Array): Iterable<{ marker: number; body: Uint8Array }> {
  for (let at = 2; at < bytes.length;) {
    at = bytes.indexOf(MARKER, at);
    if (at < 0) return;
    while (bytes[at] === MARKER) at++;
    const marker = bytes[at++];
    if (marker === undefined) return;
    if (marker === END_OF_IMAGE) yield { marker, body: bytes.subarray(at, at) };
    if (marker === END_OF_IMAGE) return;
    // A zero after 0xff escapes a data byte of the scan; restart markers and those below 0xc0 have no length.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) continue;
    const length = 256 * bytes[at] + bytes[at + 1];
    if (!(at + length <= bytes.length)) return;
    yield { marker, body: bytes.subarray(at + 2, at + length) };
    at += length;
  }
}
