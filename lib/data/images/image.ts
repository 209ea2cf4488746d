/**
 * Decoded images and decoding options.
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

/** Decoding options for images on disk; they can be posted to a worker. */
export interface Decoding {
  /**
   * Whether to apply the EXIF orientation. Off by default, as in torchvision, whose reported accuracies are for images
   * as stored.
   *
   * @default {false}
   */
  readonly exif?: boolean;
  /**
   * Largest number of pixels to decode, because a small file may decompress to more than fits into memory.
   *
   * @default {178,956,970, as in Pillow}
   */
  readonly maxPixels?: number;
}

/**
 * Extracts the decoding options from other options.
 *
 * @param options Options that include those of {@linkcode Decoding}.
 * @returns The options that are set.
 */
export function decodingOf({ exif, maxPixels }: Decoding): Decoding {
  return {
    ...(exif === undefined ? {} : { exif }),
    ...(maxPixels === undefined ? {} : { maxPixels }),
  };
}

/**
 * Twice the pixels of a gibibyte at 4 bytes and 3 channels: the limit beyond which Pillow reports a decompression bomb.
 */
export const MAX_PIXELS = 178_956_970;
