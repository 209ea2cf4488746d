/**
 * Following a download by the size of the folder it grows in.
 *
 * @module
 */
import { join } from "node:path";

/**
 * The bytes in a folder and its subfolders.
 *
 * @param folder A folder; files may come and go meanwhile.
 * @returns The sum of the sizes of its files; 0 if there is no such folder.
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
 * Tells a folder's size now and then while something is under way.
 *
 * @param folder The folder.
 * @param work What fills it.
 * @param onSize Told the size in bytes.
 * @returns What the work gives.
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
