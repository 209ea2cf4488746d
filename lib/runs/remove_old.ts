/**
 * Removing checkpoints that a run no longer needs.
 *
 * @module
 */

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
