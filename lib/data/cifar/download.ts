/**
 * Downloads CIFAR.
 *
 * @module
 */
import { exists } from "../../core/exists.ts";
import { DataError } from "../../core/errors.ts";
import { download, type DownloadOptions, md5Of } from "../download.ts";
import { type CifarKind, type CifarName, LAYOUTS } from "./layouts.ts";

/** Official download folder. */
const PUBLISHED = "https://www.cs.toronto.edu/~kriz";

/** Options of {@linkcode downloadCifar}. */
export interface DownloadCifarOptions extends DownloadOptions {
  /**
   * Format of the files.
   *
   * @default {"binary"}
   */
  readonly kind?: CifarKind;
  /**
   * Local path of the archive, or URL of a folder that contains it.
   *
   * @default {the official URL}
   */
  readonly from?: string;
}

/**
 * Downloads an archive of CIFAR into a folder and verifies its MD5. An existing archive with the right MD5 is kept.
 *
 * @param name Which data set.
 * @param folder Output folder; created if it does not exist.
 * @param options Format, source, progress.
 * @returns Path of the archive.
 * @throws {DataError} If the download fails, or the checksum does not match.
 */
export async function downloadCifar(
  name: CifarName,
  folder: string,
  { kind = "binary", from = PUBLISHED, ...options }: DownloadCifarOptions = {},
): Promise<string> {
  const { archive, md5 } = LAYOUTS[name][kind];
  const path = `${folder}/${archive}`;
  const present = await exists(path);
  if (present && await md5Of(path) === md5) return path;
  try {
    await Deno.mkdir(folder, { recursive: true });
    if (/^https?:/.test(from)) {
      await download({ url: `${from}/${archive}`, path, md5 }, options);
    } else await copy(from, path, md5);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(`Expected to write ${path} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
  return path;
}

async function copy(from: string, path: string, md5: string): Promise<void> {
  const found = await md5Of(from).catch((cause) => {
    throw new DataError(`Expected an archive at ${from} but could not read it: ${cause.message}`, {
      cause,
    });
  });
  if (found !== md5) {
    throw new DataError(
      `Expected ${from} to have the MD5 ${md5} but found ${found}: it is another archive, or truncated`,
    );
  }
  const part = `${path}.part`;
  await Deno.copyFile(from, part);
  await Deno.rename(part, path);
}
