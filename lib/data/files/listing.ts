/**
 * Lists a single folder.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { SkippedPath } from "./skipped_content.ts";
import { isHidden, kindOfName } from "./names.ts";

/** Content of a folder, each list sorted by name. */
export interface Listing {
  /** Names of subfolders. */
  readonly folders: readonly string[];
  /** Names of links to folders. */
  readonly linked: readonly string[];
  /** Names of images, including links to images. */
  readonly images: readonly string[];
  /** Everything else, with reasons. */
  readonly skipped: readonly SkippedPath[];
}

/**
 * Lists a folder. Links are classified by their target.
 *
 * @param path Path of the folder.
 * @returns The classified content.
 * @throws {DataError} If the folder cannot be read.
 */
export function listFolder(path: string): Listing {
  const folders: string[] = [], linked: string[] = [], images: string[] = [];
  const skipped: SkippedPath[] = [];
  // The synchronous calls take a third of the time of the asynchronous ones.
  const entries = reading(path, () => [...Deno.readDirSync(path)]);
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory, isFile, isSymlink } of entries) {
    if (isHidden(name)) {
      skipped.push({ reason: "hidden", path: name });
      continue;
    }
    const found = isSymlink ? behind(`${path}/${name}`) : { isDirectory, isFile };
    // Pipes and devices are never read as images: reading them may block forever.
    const kind = found?.isFile ? kindOfName(name) : "no-image";
    if (!found) skipped.push({ reason: "broken-link", path: name });
    else if (found.isDirectory) (isSymlink ? linked : folders).push(name);
    else if (kind === "image") images.push(name);
    else skipped.push({ reason: kind, path: name });
  }
  return { folders, linked, images, skipped };
}

/**
 * Resolves the path of a folder, following links.
 *
 * @param path Path of the folder.
 * @returns The absolute path without links.
 * @throws {DataError} If the folder does not exist.
 */
export function realPath(path: string): string {
  return reading(path, () => Deno.realPathSync(path));
}

/** Returns the target of a link, or `undefined` if it is missing or the link is circular. */
function behind(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new DataError(
      `Expected a folder of images at ${path} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
