/**
 * Downloads files, with checksums, resuming and retries.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../core/errors.ts";

/** A file to download. */
export interface Download {
  /** Source URL. */
  readonly url: string;
  /** Destination; written atomically after the checksum has been verified. */
  readonly path: string;
  /** MD5 of the file. */
  readonly md5: string;
}

/** Options of {@linkcode download}. */
export interface DownloadOptions {
  /** Called with the number of bytes received so far and the total, if known. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  /**
   * Maximum number of attempts.
   *
   * @default {5}
   */
  readonly attempts?: number;
  /**
   * Delay before the second attempt in milliseconds, doubled before each further one.
   *
   * @default {1000}
   */
  readonly patience?: number;
}

/**
 * Downloads a file. Partial downloads are kept in `<path>.part`, and the next attempt or call resumes from there if the
 * server supports range requests.
 *
 * @param what URL, destination, checksum.
 * @param options Progress, attempts.
 * @throws {DataError} If all attempts fail, or the checksum does not match; then the partial file is removed.
 * @throws {RangeError} If attempts or patience are out of their range.
 */
export async function download(
  { url, path, md5 }: Download,
  { onProgress, attempts = 5, patience = 1000 }: DownloadOptions = {},
): Promise<void> {
  if (!Number.isSafeInteger(attempts) || attempts < 1 || !(patience >= 0 && patience < Infinity)) {
    throw new RangeError(
      `Expected attempts of at least 1 and a patience of at least 0 ms but found ${attempts} and ${patience}`,
    );
  }
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
      // Neither a wrong file nor a missing permission gets better by waiting.
      if (error instanceof DataError || error instanceof Deno.errors.NotCapable) throw error;
      reason = (error as Error).message;
    }
  }
  throw new DataError(
    `Expected to download ${url} but failed ${attempts} times, last because: ${reason}. What is there stays ` +
      `in ${part}; call again to resume`,
  );
}

/** Downloads the remaining bytes of a file. */
async function goOn(
  url: string,
  part: string,
  onProgress: DownloadOptions["onProgress"],
): Promise<void> {
  const there = await Deno.stat(part).then(({ size }) => size, () => 0);
  const response = await fetch(url, { headers: there > 0 ? { range: `bytes=${there}-` } : {} });
  if (response.status === 416) {
    // The partial file is already complete, or longer than the file: the checksum decides.
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
 * Computes the MD5 of a file.
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
