/**
 * Reading image files, with errors that name them.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/**
 * Reads from an image file.
 *
 * @param path Path of the file, for the error.
 * @param read What is read from it.
 * @returns What was read.
 * @throws {DataError} If it cannot be read.
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
