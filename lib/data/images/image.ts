/**
 * A decoded image, and how files become one.
 *
 * @module
 */

/** A decoded image. */
export interface Image {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Shape `[height, width, 3]`: red, green, blue, 0 to 255. */
  readonly pixels: Uint8Array;
}

/** How images on disk are decoded; it can be handed to a worker. */
export interface Decoding {
  /**
   * Turns images upright that a camera has stored rotated, by their EXIF orientation. Off as in torchvision, whose
   * numbers come from images as they are stored.
   *
   * @default {false}
   */
  readonly exif?: boolean;
  /**
   * Pixels of the largest image that is decoded: a small file can unpack to more than the memory holds.
   *
   * @default {178,956,970, as in Pillow}
   */
  readonly maxPixels?: number;
}

/**
 * The part of some options that says how images are decoded.
 *
 * @param options Options among which those of {@linkcode Decoding} are.
 * @returns Those that are given.
 */
export function decodingOf({ exif, maxPixels }: Decoding): Decoding {
  return {
    ...(exif === undefined ? {} : { exif }),
    ...(maxPixels === undefined ? {} : { maxPixels }),
  };
}

/** A gibibyte over 4 bytes and 3 colours, twice: where Pillow takes an image for an attack. */
export const MAX_PIXELS = 178_956_970;
