/**
 * The size of an image on disk, from the first of its bytes.
 *
 * @module
 */
import { imageHeader } from "../decode.ts";

/** Height and width in pixels. */
export interface ImageSize {
  /** Height. */
  readonly height: number;
  /** Width. */
  readonly width: number;
}

/** Enough for what stands in front of the pixels, but for large thumbnails and profiles. */
const FIRST_BYTES = 1 << 16;
/** From this orientation on, rows and columns change places. */
const LYING = 5;

/**
 * Reads the size that an image has when it is decoded. Its pixels are not read, unless more than usual stands in front
 * of them.
 *
 * @param path Path of the file.
 * @param exif Whether images are turned as their EXIF orientation says.
 * @returns The size, or `undefined` if the file cannot be read or is no image.
 */
export async function imageSize(path: string, exif = false): Promise<ImageSize | undefined> {
  try {
    const { height, width, orientation } = await headerIn(path);
    return exif && orientation >= LYING ? { height: width, width: height } : { height, width };
  } catch {
    return undefined;
  }
}

async function headerIn(path: string) {
  const begin = await firstBytes(path);
  try {
    return await imageHeader(begin, path);
  } catch (error) {
    if (begin.length < FIRST_BYTES) throw error;
    return await imageHeader(await Deno.readFile(path), path);
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(FIRST_BYTES);
  let length = 0;
  while (length < bytes.length) {
    const read = await file.read(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
