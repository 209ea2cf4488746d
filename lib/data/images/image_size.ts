/**
 * The size of an image on disk, without its pixels.
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

/** From this orientation on, rows and columns change places. */
const LYING = 5;

/**
 * Reads the size that an image has when it is decoded, from what stands in front of its pixels.
 *
 * @param path Path of the file.
 * @param exif Whether images are turned as their EXIF orientation says.
 * @returns The size, or `undefined` if the file cannot be read or is no image.
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
