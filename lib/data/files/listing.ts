/**
 * What one folder holds.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { LeftOutPath } from "./left_out.ts";
import { isHidden, kindOfName } from "./names.ts";

/** What a folder holds, each sorted by name. */
export interface Listing {
  /** Names of the folders in it. */
  readonly folders: readonly string[];
  /** Names of the links to folders. */
  readonly linked: readonly string[];
  /** Names of the images, links to images among them. */
  readonly images: readonly string[];
  /** Names of the rest. */
  readonly leftOut: readonly LeftOutPath[];
}

/**
 * Lists a folder. What a link leads to decides what it is.
 *
 * @param path Path of the folder.
 * @returns The names of what is in it.
 * @throws {DataError} If it cannot be read.
 */
export function listFolder(path: string): Listing {
  const folders: string[] = [], linked: string[] = [], images: string[] = [];
  const leftOut: LeftOutPath[] = [];
  // The synchronous calls take a third of the time of the others.
  const entries = reading(path, () => [...Deno.readDirSync(path)]);
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory, isSymlink } of entries) {
    const kind = isSymlink && !isHidden(name) ? behind(`${path}/${name}`) : undefined;
    if (isHidden(name)) leftOut.push({ reason: "hidden", path: name });
    else if (isDirectory) folders.push(name);
    else if (kind === "folder") linked.push(name);
    else if (kind === "nothing") leftOut.push({ reason: "broken-link", path: name });
    else {
      const named = kindOfName(name);
      if (named === "image") images.push(name);
      else leftOut.push({ reason: named, path: name });
    }
  }
  return { folders, linked, images, leftOut };
}

/**
 * Where a folder is, without the links on the way to it.
 *
 * @param path Path of the folder.
 * @returns Its path, absolute.
 * @throws {DataError} If there is none.
 */
export function realPath(path: string): string {
  return reading(path, () => Deno.realPathSync(path));
}

/** What a link leads to. */
function behind(path: string): "folder" | "file" | "nothing" {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "file";
  } catch {
    // Missing, or a link to itself by way of others.
    return "nothing";
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
