/**
 * Recursively finds the images in a folder, following links.
 *
 * @module
 */
import { join, sep } from "node:path";
import { DataError } from "../../core/errors.ts";
import { countSkipped, type SkippedContent, type SkippedPath } from "./skipped_content.ts";
import { listFolder, realPath } from "./listing.ts";

/** Images of a folder. */
export interface ImageWalk {
  /** Paths relative to the folder, sorted. */
  readonly paths: readonly string[];
  /** Other content that is not read. */
  readonly skipped: readonly SkippedContent[];
}

/** Images of a folder with one subfolder for each class. */
export interface ClassWalk {
  /** Name and image paths of each class, sorted by name; the paths begin with the name. */
  readonly classes: readonly { readonly name: string; readonly paths: readonly string[] }[];
  /** Other content that is not read. */
  readonly skipped: readonly SkippedContent[];
}

/**
 * Finds the images in a folder at any depth, by file extension. Links to folders and images are followed; each folder
 * is visited once, so circular links terminate. Hidden files and those created by operating systems (`__MACOSX`,
 * `@eaDir`, `Thumbs.db`) are skipped at every depth.
 *
 * @param folder Path of the folder.
 * @returns Paths relative to the folder, in the same order on every machine, and what is not read.
 * @throws {DataError} If a folder cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/more`);
 * for (const name of ["b.jpg", "more/a.png", "notes.txt"]) await Deno.writeTextFile(`${folder}/${name}`, "");
 * const { paths, skipped } = walkImages(folder);
 * assertEquals(paths, ["b.jpg", "more/a.png"]);
 * assertEquals(skipped, [{ reason: "no-image", count: 1, first: ["notes.txt"] }]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function walkImages(folder: string): ImageWalk {
  const top = topOf(folder);
  const skipped = walk(folder, [top]);
  return { paths: top.images.sort(), skipped: countSkipped(skipped) };
}

/**
 * Finds the images of each class in a folder with one subfolder per class, as {@linkcode walkImages} does.
 *
 * @param folder Path of the folder.
 * @returns The classes, sorted by name, and what is not read; a class without images has no paths.
 * @throws {DataError} If a folder cannot be read, a link beside the classes is dangling, or two classes are the same
 * folder.
 */
export function walkClasses(folder: string): ClassWalk {
  const top = topOf(folder);
  const { folders, linked, images, skipped } = listFolder(folder);
  const broken = skipped.find(({ reason }) => reason === "broken-link");
  if (broken) {
    throw new DataError(
      `Expected links in ${folder} to lead to folders of classes but ${broken.path} is broken: ` +
        `repair or remove it`,
    );
  }
  const roots = [
    ...folders.map((name) => ({ path: name, real: join(top.real, name), links: [], images: [] })),
    ...linked.map((name) => ({ ...behind(folder, top, name), images: [] })),
  ].sort((a, b) => a.path < b.path ? -1 : 1);
  const byPlace = new Map<string, Folder>();
  for (const root of roots) {
    const same = byPlace.get(root.real);
    if (same || isCircle(root)) {
      const what = same
        ? `is the same folder as ${same.path}`
        : `leads to one of its parent folders`;
      throw new DataError(
        `Expected a separate folder for each class in ${folder} but found that ${root.path} ${what}: ` +
          `remove the link`,
      );
    }
    byPlace.set(root.real, root);
  }
  const outside = images.map((path): SkippedPath => ({ reason: "no-class", path }));
  const found = [...skipped, ...outside, ...walk(folder, roots)];
  return {
    classes: roots.map(({ path, images }) => ({ name: path, paths: images.sort() })),
    skipped: countSkipped(found),
  };
}

/** A folder to read. */
interface Folder {
  /** Path relative to the root of the walk. */
  readonly path: string;
  /** Absolute path without links. */
  readonly real: string;
  /** Real paths of the folders that contain the links leading to this one. */
  readonly links: readonly string[];
  /** Collects the paths of images in this folder and its subfolders. */
  readonly images: string[];
}

function topOf(folder: string): Folder {
  return { path: "", real: realPath(folder), links: [], images: [] };
}

/** Collects the images of the root folders, and returns what is not read. */
function walk(start: string, roots: readonly Folder[]): SkippedPath[] {
  const skipped: SkippedPath[] = [];
  const visited = new Set(roots.map(({ real }) => real));
  // Links are followed after all folders, so that an image is attributed to its real folder wherever links to it are.
  for (let level = roots; level.length > 0;) {
    const linked: Folder[] = [];
    for (const root of level) {
      if (level !== roots && (visited.has(root.real) || isCircle(root))) {
        skipped.push({ reason: "visited", path: root.path });
      } else enter(start, root, { visited, skipped, linked });
    }
    level = linked;
  }
  return skipped;
}

/** Accumulators of the walk. */
interface Found {
  readonly visited: Set<string>;
  readonly skipped: SkippedPath[];
  readonly linked: Folder[];
}

/** Reads a folder and its subfolders, and collects the links in them. */
function enter(start: string, root: Folder, { visited, skipped, linked }: Found): void {
  const waiting = [root];
  visited.add(root.real);
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    const { path, real, links, images } = folder;
    const found = listFolder(`${start}/${path}`);
    for (const name of found.images) images.push(within(path, name));
    for (const { reason, path: name } of found.skipped) {
      skipped.push({ reason, path: within(path, name) });
    }
    for (const name of found.folders) {
      const below = { path: within(path, name), real: join(real, name), links, images };
      // The folder may itself be a class, through a link.
      if (visited.has(below.real)) skipped.push({ reason: "visited", path: below.path });
      else {
        visited.add(below.real);
        waiting.push(below);
      }
    }
    for (const name of found.linked) linked.push(behind(start, folder, name));
  }
}

/** Resolves a link to a folder. */
function behind(start: string, { path, real, links, images }: Folder, name: string): Folder {
  const below = within(path, name);
  return { path: below, real: realPath(`${start}/${below}`), links: [...links, real], images };
}

function within(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** Whether a link leads to a folder that contains the link. */
function isCircle({ real, links }: Folder): boolean {
  const around = real.endsWith(sep) ? real : real + sep;
  return links.some((link) => link === real || link.startsWith(around));
}
