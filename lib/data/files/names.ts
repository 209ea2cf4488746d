/**
 * Classifies files by name: supported image, image in another format, other file, hidden file.
 *
 * @module
 */

import { kindOfEnding } from "../images/kind.ts";

/** Kind of a file, by its name. */
export type NameKind = "image" | "other-format" | "no-image" | "hidden";

/** Extensions of images that cannot be decoded, in lower case. */
const OTHER_ENDINGS: readonly string[] = [
  ...["jxl", "jp2", "j2k", "jpx", "svg", "ico", "tga", "psd", "xcf", "pam", "exr", "hdr", "dds"],
];

/** Extensions of camera raw files, in lower case. */
const RAW_ENDINGS: readonly string[] = [
  ...["dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef", "srw"],
];

/** Files and folders created by operating systems and tools, besides dotfiles; in lower case. */
const OF_SYSTEMS: ReadonlySet<string> = new Set([
  ...["__macosx", "icon\r"],
  ...["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"],
  ...["@eadir", "#recycle", "@recycle", "#snapshot", "lost+found"],
  "__pycache__",
]);

/**
 * Tests whether a file or folder is hidden, or created by an operating system or a tool.
 *
 * @param name Its base name.
 * @returns Whether to skip it.
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
 * Returns the kind of a file by its name.
 *
 * @param name Its base name.
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
 * Tests whether a file is a camera raw file, by its name.
 *
 * @param name A name or path.
 * @returns Whether it has the extension of a raw format.
 */
export function isCameraRaw(name: string): boolean {
  return RAW_ENDINGS.includes(endingOf(name));
}

/**
 * Returns the extension of a name.
 *
 * @param name A name or path.
 * @returns The text after the last dot, in lower case; empty if there is no dot.
 */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? "";
}
