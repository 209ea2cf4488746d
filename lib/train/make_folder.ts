/**
 * Folders for what a training writes.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";

/**
 * Makes a folder, and those that it stands in, unless they are there.
 *
 * @param path Path of the folder.
 * @param what What it is for, for the message.
 * @throws {CheckpointError} If it cannot be made.
 */
export async function makeFolder(path: string, what: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (cause) {
    throw new CheckpointError(
      `Expected to make ${what} ${path} but could not: ${(cause as Error).message}`,
      { cause },
    );
  }
}
