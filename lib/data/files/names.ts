/**
 * What the name of a file tells: an image that can be read, an image in another format, or nothing to look at.
 *
 * @module
 */

import { kindOfEnding } from "../images/kind.ts";

/** What a file is, by its name. */
export type NameKind = "image" | "other-format" | "no-image" | "hidden";

/** Endings of images that cannot be decoded here, in lower case. */
const OTHER_ENDINGS: readonly string[] = [
  ...["jxl", "jp2", "j2k", "jpx", "svg", "ico", "tga", "psd", "xcf", "pam", "exr", "hdr", "dds"],
];

/** Endings of raw data of cameras. */
const RAW_ENDINGS: readonly string[] = [
  ...["dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef", "srw"],
];

/** What systems and tools leave in folders beside what begins with a dot; in lower case. */
const OF_SYSTEMS: ReadonlySet<string> = new Set([
  ...["__macosx", "icon\r"],
  ...["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"],
  ...["@eadir", "#recycle", "@recycle", "#snapshot", "lost+found"],
  "__pycache__",
]);

/**
 * Whether a file or folder is hidden, or something that a system or a tool has put there.
 *
 * @param name Its name, without the folder that it is in.
 * @returns Whether it is to be passed over.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * for (const name of ["._x.jpg", ".ipynb_checkpoints", "__MACOSX", "Thumbs.db"]) assert(isHidden(name));
 * assert(!isHidden("x.jpg"));
 * ```
 */
export function isHidden(name: string): boolean {
  return name.startsWith(".") || OF_SYSTEMS.has(name.toLowerCase());
}

/**
 * What a file is, by its name.
 *
 * @param name Its name, without the folder that it is in.
 * @returns Its kind.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const names = ["a.JPG", "a.jfif", "a.svg", "a.txt", "._a.jpg"];
 * assertEquals(names.map(kindOfName), ["image", "image", "other-format", "no-image", "hidden"]);
 * ```
 */
export function kindOfName(name: string): NameKind {
  if (isHidden(name)) return "hidden";
  const ending = endingOf(name);
  if (kindOfEnding(ending)) return "image";
  return OTHER_ENDINGS.includes(ending) || isCameraRaw(name) ? "other-format" : "no-image";
}

/**
 * Whether a file holds what a camera's sensor saw, by its name.
 *
 * @param name A name or path.
 * @returns Whether its ending is that of raw data.
 */
export function isCameraRaw(name: string): boolean {
  return RAW_ENDINGS.includes(endingOf(name));
}

/**
 * The ending of a name.
 *
 * @param name A name or path.
 * @returns What follows its last dot, in lower case; empty where there is none.
 */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? "";
}
