/**
 * Mutual exclusion between processes by locks that the operating system releases even when a process is killed.
 *
 * They are advisory file locks (`flock`, on Windows `LockFileEx`). Between machines that share a folder over NFS they
 * are effective if the server and all clients support file locking, as Linux does unless mounted with `nolock` or
 * `local_lock`. With those options the locks only exclude processes on the same machine; on a file system without
 * locks they exclude none.
 *
 * @module
 */
import { BusyError } from "./errors.ts";

/**
 * Waits for a lock and runs a function while holding it.
 *
 * @param path Lock file; created if missing, and not removed.
 * @param work Function to run under the lock.
 * @param onWait Called once if another process holds the lock.
 * @returns The result of `work`.
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

/** A lock that is held until it is disposed. */
export interface Lock {
  /** Releases the lock. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Acquires a lock without waiting. While it is held, its file contains the host, the process and the time for error
 * messages of other processes; on release the file is removed. The file of a killed process remains, but does not
 * block.
 *
 * @param path Lock file; created if missing.
 * @param what Name of the protected resource, for error messages.
 * @returns The lock.
 * @throws {BusyError} If another process, or another part of this one, holds it; the message names host and process.
 * @throws {Deno.errors.PermissionDenied} If the file cannot be created; or another error of the file system.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { BusyError } from "@nbn/toolkit/core";
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
      // The previous owner may have removed the file after it was opened here.
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
        // Before the release, or it could remove the next owner's file. Windows cannot remove an open file.
        await Deno.remove(path).catch(() => {});
        file.close();
      },
    };
  }
}

/** The holder of a lock. */
interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

function owner(): Owner {
  return { host: host(), pid: Deno.pid, since: new Date().toISOString().slice(0, 19) + "Z" };
}

/** Name of this machine; reading it requires a permission. */
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
    // Some network file systems have no locks; training there without one is better than not at all.
    console.warn(
      `${what} cannot be locked (${
        (error as Error).message
      }): ensure that no other process uses it`,
    );
    return true;
  }
}

/**
 * Returns whether a path still refers to an open file; assumed where the file system has no inode numbers.
 *
 * @param file The open file.
 * @param path The path.
 * @returns Whether it does.
 */
export async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  const [open, there] = await Promise.all([file.stat(), Deno.stat(path).catch(() => undefined)]);
  return there !== undefined && open.ino === there.ino && open.dev === there.dev;
}

function busy(what: string, text: string): BusyError {
  let by = "another process";
  try {
    const { host, pid, since } = JSON.parse(text) as Owner;
    by = `process ${pid} on ${host}, running since ${since}`;
  } catch {
    // The owner has not written its details yet, or the system denies reading a locked file.
  }
  return new BusyError(
    `Expected ${what} to be free but found it in use by ${by}: wait for it, end it, or choose another folder`,
  );
}
