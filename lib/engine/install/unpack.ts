/**
 * Streaming extraction of selected files of a wheel.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { yauzl } from "../../deps/yauzl.ts";
import { InstallError } from "./install_error.ts";

const CREATE = { write: true, create: true, truncate: true } as const;

/** Options of {@linkcode unpack}. */
export interface UnpackOptions {
  /** Whether to extract a file, given the path that it is installed to, for instance `tensorflow/python/x.py`. */
  keep(name: string): boolean;
  /** Called with the number of bytes written so far, and the total. */
  onProgress?(done: number, total: number): void;
}

/**
 * Extracts files of a wheel to a folder, to the paths that pip installs them to: those in the archive, but for the files
 * of the folder `NAME.data/data`, which are placed in the root.
 *
 * @param archive Path of the archive.
 * @param folder Folder to write to; created if missing.
 * @param options Selection of files, progress callback.
 * @returns The paths of the files written, in `folder`.
 * @throws {InstallError} If the archive is damaged, or the folder is not writable.
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
        const name = entry.fileName.replace(/^[^/]+\.data\/data\//, "");
        if (!name.endsWith("/") && keep(name)) kept.push({ entry, name });
      }
      const total = kept.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
      let done = 0;
      for (const { entry, name } of kept) {
        const target = join(folder, name);
        // Whatever the umask, other users may not change what will be loaded.
        await Deno.mkdir(dirname(target), { recursive: true, mode: 0o755 });
        using file = await Deno.open(target, { ...CREATE, mode: 0o644 });
        const content = await zip.openReadStreamPromise(entry);
        // A damaged entry may emit a second error after the pipeline, which reports the first, has ended.
        content.on("error", () => {});
        // Nothing is awaited in between, or the first would be missed.
        await pipeline(content, async (pieces: AsyncIterable<Uint8Array>) => {
          for await (const piece of pieces) {
            await writeAll(file, piece);
            onProgress?.(done += piece.length, total);
          }
        });
        // A file that is renamed into place before may be empty after a power failure.
        await file.sync();
        const unixMode = entry.externalFileAttributes >>> 16 & 0o777;
        if (unixMode & 0o100 && Deno.build.os !== "windows") await Deno.chmod(target, 0o755);
        names.push(name);
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

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
