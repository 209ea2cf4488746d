/**
 * Downloading archives: checked, resumed, tried again.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../core/errors.ts";

/** What to download. */
export interface Download {
  /** Where from. */
  readonly url: string;
  /** Where to: the file appears there whole and checked, or not at all. */
  readonly path: string;
  /** MD5 of the whole file. */
  readonly md5: string;
}

/** Options of {@linkcode download}. */
export interface DownloadOptions {
  /** Called with the bytes there so far and the bytes of all, as far as that is known. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  /**
   * How often it is tried.
   *
   * @default {5}
   */
  readonly attempts?: number;
  /**
   * Milliseconds before the second attempt; twice as many before each further one.
   *
   * @default {1000}
   */
  readonly patience?: number;
}

/**
 * Downloads a file. What an attempt has brought stays in `<path>.part`, and the next one, even of a later
 * call, goes on behind it where the server can.
 *
 * @param what Address, file, checksum.
 * @param options Progress, attempts.
 * @throws {DataError} If no attempt succeeds, or the checksum is wrong; then the part is removed.
 */
export async function download(
  { url, path, md5 }: Download,
  { onProgress, attempts = 5, patience = 1000 }: DownloadOptions = {},
): Promise<void> {
  const part = `${path}.part`;
  let reason = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) {
      await new Promise((resolve) => setTimeout(resolve, patience * 2 ** (attempt - 1)));
    }
    try {
      await goOn(url, part, onProgress);
      const found = await md5Of(part);
      if (found === md5) {
        await Deno.rename(part, path);
        return;
      }
      await Deno.remove(part);
      throw new DataError(
        `Expected ${url} to have the MD5 ${md5} but found ${found}: try again, or take the file from ` +
          `elsewhere with --from`,
      );
    } catch (error) {
      if (error instanceof DataError) throw error;
      reason = (error as Error).message;
    }
  }
  throw new DataError(
    `Expected to download ${url} but failed ${attempts} times, last because: ${reason}. What is there stays ` +
      `in ${part}; call again to go on`,
  );
}

/** Brings the rest of a file. */
async function goOn(
  url: string,
  part: string,
  onProgress: DownloadOptions["onProgress"],
): Promise<void> {
  const there = await Deno.stat(part).then(({ size }) => size, () => 0);
  const response = await fetch(url, { headers: there > 0 ? { range: `bytes=${there}-` } : {} });
  if (response.status === 416) {
    // Nothing is left to bring, or the part is longer than the file: its checksum tells.
    await response.body?.cancel();
    return;
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status}`);
  }
  const resumed = response.status === 206;
  const length = response.headers.get("content-length");
  let done = resumed ? there : 0;
  const total = length === null ? undefined : done + Number(length);
  const file = await Deno.open(part, {
    write: true,
    create: true,
    append: resumed,
    truncate: !resumed,
  });
  try {
    for await (const chunk of response.body!) {
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
      done += chunk.length;
      onProgress?.(done, total);
    }
  } finally {
    file.close();
  }
  if (total !== undefined && done < total) throw new Error(`only ${done} of ${total} bytes came`);
}

/**
 * MD5 of a file.
 *
 * @param path The file.
 * @returns The checksum in hexadecimal digits.
 */
export async function md5Of(path: string): Promise<string> {
  const hash = createHash("md5");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}
