/**
 * Removing files that a run no longer needs.
 *
 * @module
 */

/** Temporary files of what only the process that holds the lock writes. */
const LEFT_OVER =
  /^(checkpoint-\d+\.safetensors|best\.safetensors|config\.json|summary\.json|metrics\.csv)\.\d+\.part$/;

/**
 * Removes the temporary files of processes that were killed while they held the lock of a run folder.
 *
 * @param path The folder, whose lock the caller holds.
 */
export async function removeLeftOvers(path: string): Promise<void> {
  for (const { name } of Deno.readDirSync(path)) {
    if (LEFT_OVER.test(name)) await removeOld(`${path}/${name}`);
  }
}

/**
 * Removes a file that is no longer needed. If it cannot be removed, nothing is lost: it is told, and the training goes
 * on.
 *
 * @param file Path of the file.
 */
export async function removeOld(file: string): Promise<void> {
  try {
    await Deno.remove(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    console.warn(`${file} is no longer needed but cannot be removed: ${(error as Error).message}`);
  }
}
