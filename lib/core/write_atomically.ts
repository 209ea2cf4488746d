/**
 * Atomic file writes.
 *
 * @module
 */
import { parse } from "node:path";
import { BusyError, CheckpointError } from "./errors.ts";
import { createLocked, removeLeftOvers, temporaryPath } from "./left_overs.ts";

/**
 * Writes a file atomically: to a temporary file, which is synced to disk and renamed. If the process is killed in
 * between, an existing file is left unchanged.
 *
 * @param path Path of the file.
 * @param content Bytes, text, or a list of parts to concatenate.
 * @throws {CheckpointError} If the folder cannot be written to or the disk is full.
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string | readonly Uint8Array[],
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await using file = await createAtomicFile(path);
  for (const part of gathered(bytes instanceof Uint8Array ? [bytes] : bytes)) {
    await file.write(part);
  }
  await file.finish();
}

/** A file that becomes visible only when it is finished. */
export interface AtomicFile extends AsyncDisposable {
  /**
   * Appends bytes.
   *
   * @throws {CheckpointError} If the disk is full.
   */
  write(part: Uint8Array): Promise<void>;
  /**
   * Syncs the file to disk and renames it to its final path. A file that is disposed without it is deleted.
   *
   * @throws {CheckpointError} If it cannot be renamed.
   */
  finish(): Promise<void>;
}

/**
 * Starts an atomic write like that of {@linkcode writeAtomically}, for content that is produced incrementally.
 * Temporary files of the same file that killed processes have left are removed.
 *
 * @param path Path of the file.
 * @returns The temporary file.
 * @throws {CheckpointError} If the folder cannot be written to.
 * @throws {BusyError} If another part of this process writes the file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * {
 *   await using file = await createAtomicFile(`${folder}/rows.csv`);
 *   await file.write(new TextEncoder().encode("path,class\r\n"));
 * }
 * // It was not finished.
 * assertEquals([...Deno.readDirSync(folder)], []);
 * await Deno.remove(folder);
 * ```
 */
export async function createAtomicFile(path: string): Promise<AtomicFile> {
  const temporary = temporaryPath(path);
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof BusyError) throw cause;
      throw new CheckpointError(
        `Expected to write ${path} but found ${reason(cause)}: nothing was changed; ` +
          `free disk space or choose another folder`,
        { cause },
      );
    }
  };
  const file = await attempt(async () => {
    // Checked now, because the rename would fail only after everything is written.
    const there = await Deno.stat(path).catch(() => undefined);
    if (there?.isDirectory) throw new Deno.errors.IsADirectory("that it is a folder");
    return await createLocked(temporary);
  });
  const { dir, base } = parse(path);
  await removeLeftOvers(dir, (name) => name === base);
  let open = true, finished = false;
  const close = () => {
    if (open) file.close();
    open = false;
  };
  return {
    write: (part) =>
      attempt(async () => {
        for (let written = 0; written < part.length;) {
          written += await file.write(part.subarray(written));
        }
      }),
    async finish() {
      await attempt(async () => {
        await file.sync();
        // Windows cannot rename an open file; elsewhere the lock is kept until there is nothing to sweep.
        if (Deno.build.os === "windows") close();
        await Deno.rename(temporary, path);
        close();
      });
      finished = true;
      await syncFolder(path);
    },
    async [Symbol.asyncDispose]() {
      close();
      if (!finished) await Deno.remove(temporary).catch(() => {});
    },
  };
}

/** Size of the write buffer in bytes. */
const GATHERED = 1 << 20;

/** Buffers small parts, since a checkpoint has hundreds of them and each write has a fixed cost. */
function* gathered(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  const joined = new Uint8Array(GATHERED);
  let length = 0;
  for (const part of parts) {
    if (length > 0 && length + part.length > GATHERED) {
      yield joined.subarray(0, length);
      length = 0;
    }
    if (part.length >= GATHERED) yield part;
    else {
      joined.set(part, length);
      length += part.length;
    }
  }
  if (length > 0) yield joined.subarray(0, length);
}

/** Syncs the rename itself to disk, if the system supports opening folders. */
async function syncFolder(path: string): Promise<void> {
  try {
    using folder = await Deno.open(path.replace(/[^/\\]*$/, "") || ".");
    await folder.sync();
  } catch {
    // Windows cannot open folders; durability of the rename is then left to the system.
  }
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.PermissionDenied) return "that it is not permitted";
  if (error instanceof Deno.errors.NotFound) return "that the folder does not exist";
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes("ENOSPC") || /no space/i.test(message)) return "that the disk is full";
  if (/read-only/i.test(message)) return "that the folder is read-only";
  return message;
}
