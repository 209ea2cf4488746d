/**
 * Temporary files of processes that ended before they could rename or remove them.
 *
 * A process holds a lock on a temporary file that it writes, which the system releases even if the process is killed: a
 * file that can be locked is a leftover.
 *
 * @module
 */
import { BusyError } from "./errors.ts";
import { isAt } from "./lock.ts";

/** Name of a temporary file: the name of the file that it becomes, and the process that writes it. */
const TEMPORARY = /^(.+)\.\d+\.part$/;

/**
 * Returns the path of the temporary file that becomes a file.
 *
 * @param path Path of the file.
 * @returns Its path, which differs between processes.
 */
export function temporaryPath(path: string): string {
  return `${path}.${Deno.pid}.part`;
}

/** Times that a temporary file is created again which another process takes for a left-over before it is locked. */
const TRIES = 20;

/**
 * Creates a temporary file, locked until it is closed.
 *
 * @param temporary Its path, from {@linkcode temporaryPath}.
 * @returns The file, empty and open for writing.
 * @throws {BusyError} If another part of this process writes it.
 */
export async function createLocked(temporary: string): Promise<Deno.FsFile> {
  for (let tries = 0; tries < TRIES; tries++) {
    const file = await Deno.open(temporary, { write: true, create: true });
    try {
      // File systems without locks refuse; their left-overs are not recognised.
      const isLocked = await file.tryLock(true).catch(() => true);
      if (isLocked && await isAt(file, temporary)) {
        if ((await file.stat()).size > 0) await file.truncate();
        return file;
      }
      file.close();
    } catch (error) {
      file.close();
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, tries));
  }
  throw new BusyError(
    `Expected ${temporary} to be free but found it being written: wait for the other part of this process`,
  );
}

/**
 * Removes the temporary files of dead processes from a folder. What cannot be removed is left.
 *
 * @param folder The folder, `""` for the current one.
 * @param isOurs Whether temporary files of a file of this name are to be removed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/classes.csv.4711.part`, "half");
 * await removeLeftOvers(folder, (name) => name === "classes.csv");
 * assertEquals([...Deno.readDirSync(folder)], []);
 * await Deno.remove(folder);
 * ```
 */
export async function removeLeftOvers(
  folder: string,
  isOurs: (name: string) => boolean,
): Promise<void> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder || ".")) names.push(name);
  } catch {
    return;
  }
  for (const name of names) {
    const target = TEMPORARY.exec(name)?.[1];
    if (target === undefined || !isOurs(target)) continue;
    const path = folder === "" ? name : `${folder}/${name}`;
    try {
      using file = await Deno.open(path, { read: true, write: true });
      if (await file.tryLock(true)) await Deno.remove(path);
    } catch {
      // Another process was faster, or the system cannot lock.
    }
  }
}
