/**
 * Downloading CIFAR.
 *
 * @module
 */
import { exists } from "../../core/exists.ts";
import { DataError } from "../../core/errors.ts";
import { download, type DownloadOptions, md5Of } from "../download.ts";
import { type CifarKind, type CifarName, LAYOUTS } from "./layouts.ts";

/** Where the archives are published. */
const PUBLISHED = "https://www.cs.toronto.edu/~kriz";

/** Options of {@linkcode downloadCifar}. */
export interface DownloadCifarOptions extends DownloadOptions {
  /**
   * Which kind of files.
   *
   * @default {"binary"}
   */
  readonly kind?: CifarKind;
  /**
   * The archive on this machine, or the address of a folder that holds it.
   *
   * @default {where it is published}
   */
  readonly from?: string;
}

/**
 * Brings an archive of CIFAR into a folder, checked by its MD5. One that is there already is only checked.
 *
 * @param name Which data set.
 * @param folder Where to; made if it is missing.
 * @param options Kind, source, progress.
 * @returns Path of the archive.
 * @throws {DataError} If it cannot be had, or its checksum is wrong.
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
      `Expected ${from} to have the MD5 ${md5} but found ${found}: it is another archive, or cut off`,
    );
  }
  const part = `${path}.part`;
  await Deno.copyFile(from, part);
  await Deno.rename(part, path);
}
