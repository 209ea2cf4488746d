/**
 * Folders that one process at a time writes into.
 *
 * @module
 */
import { BusyError, CheckpointError } from "../core/errors.ts";
import { type Lock, takeLock } from "../core/lock.ts";

/**
 * Makes a folder, and those that it stands in, unless they are there.
 *
 * @param path Path of the folder.
 * @param what What it is, for the message, for instance `the run folder`.
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

/**
 * Makes a folder and locks it.
 *
 * @param path Path of the folder.
 * @param file Name of the file in it that carries the lock.
 * @param what What it is, for the message.
 * @returns The lock, held until it is disposed of.
 * @throws {BusyError} If another process holds the lock.
 * @throws {CheckpointError} If the folder cannot be made or written to.
 */
export async function lockFolder(path: string, file: string, what: string): Promise<Lock> {
  await makeFolder(path, what);
  try {
    return await takeLock(`${path}/${file}`, `${what} ${path}`);
  } catch (cause) {
    if (cause instanceof BusyError) throw cause;
    throw new CheckpointError(
      `Expected to write to ${what} ${path} but could not: ${(cause as Error).message}`,
      { cause },
    );
  }
}
