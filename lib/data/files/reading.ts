/**
 * Reads image files, with errors that name the file.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/**
 * Reads from an image file and wraps errors in a `DataError`.
 *
 * @param path Path of the file.
 * @param read Function that reads it.
 * @returns The function's result.
 * @throws {DataError} If the file cannot be read.
 */
export async function reading<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (cause) {
    throw new DataError(
      `Expected an image at ${path} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
