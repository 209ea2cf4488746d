/**
 * Locking folders, so that only one process at a time writes to them.
 *
 * @module
 */
import { BusyError, CheckpointError } from "./errors.ts";
import { type Lock, takeLock } from "./lock.ts";

/**
 * Creates a folder and its parents, if they do not exist.
 *
 * @param path Path of the folder.
 * @param what Description of the folder for the error message, for instance `the run folder`.
 * @throws {CheckpointError} If it cannot be created.
 */
export async function makeFolder(path: string, what: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (cause) {
    throw new CheckpointError(
      `Expected to create ${what} ${path} but could not: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * Creates a folder and locks it.
 *
 * @param path Path of the folder.
 * @param file Name of the lock file in it.
 * @param what Description of the folder for the error message.
 * @returns The lock, held until it is disposed.
 * @throws {BusyError} If another process holds the lock.
 * @throws {CheckpointError} If the folder cannot be created or written to.
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
