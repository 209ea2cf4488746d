/**
 * Download progress measured by folder size.
 *
 * @module
 */
import { join } from "node:path";

/**
 * Computes the total size of a folder and its subfolders.
 *
 * @param folder A folder; its files may change concurrently.
 * @returns The sum of its file sizes in bytes; 0 if the folder does not exist.
 */
export async function folderSize(folder: string): Promise<number> {
  let size = 0;
  try {
    for await (const entry of Deno.readDir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) size += await folderSize(path);
      else size += (await Deno.lstat(path).catch(() => undefined))?.size ?? 0;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return size;
}

/**
 * Reports the size of a folder periodically until a promise settles.
 *
 * @param folder The folder.
 * @param work The operation that fills it.
 * @param onSize Called with the size in bytes.
 * @returns The result of `work`.
 */
export async function watchFolder<T>(
  folder: string,
  work: Promise<T>,
  onSize: (bytes: number) => void,
): Promise<T> {
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    onSize(await folderSize(folder).catch(() => 0));
    looking = false;
  }, 200);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
