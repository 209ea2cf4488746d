/**
 * Unpacking the few files of a wheel that are needed, without holding them in memory.
 *
 * @module
 */
import { createWriteStream } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { yauzl } from "../../deps/yauzl.ts";
import { InstallError } from "./install_error.ts";

/** Options of {@linkcode unpack}. */
export interface UnpackOptions {
  /** Decides by its name in the archive, for instance `tensorflow/python/x.py`, whether a file is kept. */
  keep(name: string): boolean;
  /** Told how many bytes have been written so far, and how many there will be. */
  onProgress?(done: number, total: number): void;
}

/**
 * Writes files of a zip archive to a folder under the names they have in the archive.
 *
 * @param archive Path of the archive.
 * @param folder Folder to write to; made where missing.
 * @param options Which files are kept.
 * @returns The names of the files written.
 * @throws {InstallError} If the archive is damaged, or the folder cannot be written to.
 */
export async function unpack(
  archive: string,
  folder: string,
  { keep, onProgress }: UnpackOptions,
): Promise<string[]> {
  const names: string[] = [];
  try {
    const zip = await (await yauzl()).openPromise(archive, { autoClose: false });
    try {
      const kept = [];
      for await (const entry of zip.eachEntry()) {
        if (!entry.fileName.endsWith("/") && keep(entry.fileName)) kept.push(entry);
      }
      const total = kept.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
      let done = 0;
      for (const entry of kept) {
        const target = join(folder, entry.fileName);
        await mkdir(dirname(target), { recursive: true });
        await pipeline(
          await zip.openReadStreamPromise(entry),
          counting((bytes) => onProgress?.(done += bytes, total)),
          createWriteStream(target),
        );
        await flush(target);
        const unixMode = entry.externalFileAttributes >>> 16 & 0o777;
        if (unixMode & 0o100 && Deno.build.os !== "windows") await chmod(target, 0o755);
        names.push(entry.fileName);
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    throw new InstallError(
      `Expected to unpack ${basename(archive)} into ${folder} but it failed: ` +
        `${(cause as Error).message}`,
      { cause },
    );
  }
  return names;
}

function counting(onBytes: (bytes: number) => void): Transform {
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      onBytes(piece.length);
      done(null, piece);
    },
  });
}

/** A file renamed into place before its bytes are on disk would be empty after a power cut. */
async function flush(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.sync();
}
