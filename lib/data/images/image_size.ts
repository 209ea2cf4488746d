/**
 * Reads the size of an image on disk without decoding it.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { readHeader } from "./read_header.ts";

/** Height and width in pixels. */
export interface ImageSize {
  /** Height. */
  readonly height: number;
  /** Width. */
  readonly width: number;
}

/** The first orientation that swaps rows and columns. */
const LYING = 5;

/**
 * Reads the size that an image has after decoding, from its header.
 *
 * @param path Path of the file.
 * @param exif Whether the EXIF orientation is applied.
 * @returns The size, or `undefined` if the file cannot be read or is not an image.
 */
export async function imageSize(path: string, exif = false): Promise<ImageSize | undefined> {
  try {
    const { height, width, orientation } = await readHeader(path);
    return exif && orientation >= LYING ? { height: width, width: height } : { height, width };
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
