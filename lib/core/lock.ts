/**
 * Letting one process at a time do something, by locks that the system lets go of even when a process is killed.
 *
 * They are advisory locks of a file (`flock`, on Windows `LockFileEx`). Between machines that share a folder by NFS they
 * hold where the server and all clients have file locking, which Linux's do unless mounted with `nolock` or
 * `local_lock`; there, and where a file system has no locks at all, processes on one machine are kept apart at most.
 *
 * @module
 */
import { BusyError } from "./errors.ts";

/**
 * Runs something while holding a lock, for which it waits.
 *
 * @param path File that carries the lock; made where missing, and left.
 * @param work What to do meanwhile.
 * @param onWait Called once if another process holds the lock.
 * @returns What the work returns.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait?: () => void,
): Promise<T> {
  using file = await Deno.open(path, { create: true, write: true });
  if (!await file.tryLock(true)) {
    onWait?.();
    await file.lock(true);
  }
  try {
    return await work();
  } finally {
    await file.unlock();
  }
}

/** A lock that is held until it is disposed of. */
export interface Lock {
  /** Lets go of it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Takes a lock at once, or not at all. While it is held its file tells the host, the process and the time, for whoever
 * finds it taken; afterwards the file is removed. The file of a process that was killed stays, but hinders nobody.
 *
 * @param path File that carries the lock; made where missing.
 * @param what What it protects, for the message.
 * @returns The lock.
 * @throws {BusyError} If another process, or another part of this one, holds it, naming both host and process.
 * @throws {Deno.errors.PermissionDenied} If the file cannot be made, or another error of the file system.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { BusyError } from "./errors.ts";
 *
 * const folder = await Deno.makeTempDir();
 * {
 *   await using _lock = await takeLock(`${folder}/lock`, folder);
 *   await assertRejects(() => takeLock(`${folder}/lock`, folder), BusyError, `process ${Deno.pid}`);
 * }
 * await using _again = await takeLock(`${folder}/lock`, folder);
 * ```
 */
export async function takeLock(path: string, what: string): Promise<Lock> {
  for (;;) {
    const file = await Deno.open(path, { create: true, read: true, write: true });
    try {
      if (!await locked(file, what)) {
        throw busy(
          what,
          await Deno.readTextFile(path).catch(() => ""),
        );
      }
      // Whoever let go of it may have removed the file after it was opened here.
      if (!await isAt(file, path)) {
        file.close();
        continue;
      }
      await file.truncate();
      await file.write(new TextEncoder().encode(JSON.stringify(owner()) + "\n"));
    } catch (error) {
      file.close();
      throw error;
    }
    return {
      async [Symbol.asyncDispose]() {
        // Before letting go, or the file of the next owner would be removed. Windows removes no open file.
        await Deno.remove(path).catch(() => {});
        file.close();
      },
    };
  }
}

/** Who holds a lock. */
interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

function owner(): Owner {
  return { host: host(), pid: Deno.pid, since: new Date().toISOString().slice(0, 19) + "Z" };
}

/** Name of this machine; a script needs a permission to read it. */
function host(): string {
  try {
    return Deno.hostname();
  } catch {
    return "an unknown host";
  }
}

async function locked(file: Deno.FsFile, what: string): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch (error) {
    // Some network file systems have no locks; not to train there at all would help nobody.
    console.warn(
      `${what} cannot be locked (${
        (error as Error).message
      }): see to it that no other process uses it`,
    );
    return true;
  }
}

/** Whether a path still leads to an open file; where files have no numbers, it does. */
async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  const [open, there] = await Promise.all([file.stat(), Deno.stat(path).catch(() => undefined)]);
  return there !== undefined && open.ino === there.ino && open.dev === there.dev;
}

function busy(what: string, text: string): BusyError {
  let by = "another process";
  try {
    const { host, pid, since } = JSON.parse(text) as Owner;
    by = `process ${pid} on ${host}, at work there since ${since}`;
  } catch {
    // It is about to write who it is, or the system lets nobody read a locked file.
  }
  return new BusyError(
    `Expected ${what} to be free but found it in use by ${by}: wait for it, end it, or choose another folder`,
  );
}
