/**
 * What the name of a file tells: an image that can be read, an image in another format, or nothing to look at.
 *
 * @module
 */

/** What a file is, by its name. */
export type NameKind = "image" | "other-format" | "no-image" | "hidden";

/** Endings of files that can be decoded, in lower case. */
export const IMAGE_ENDINGS: readonly string[] = [
  ...["jpg", "jpeg", "jfif", "jpe"],
  "png",
  "webp",
];

/** Endings of images that cannot be decoded here. */
const OTHER_ENDINGS: readonly string[] = [
  ...["avif", "heic", "heif", "jxl", "jp2", "j2k", "jpx", "svg", "ico", "tga", "psd", "xcf"],
  ...["bmp", "dib", "gif", "tif", "tiff", "pbm", "pgm", "ppm", "pnm", "pam", "exr", "hdr", "dds"],
  // Raw data of cameras.
  ...["dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf"],
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
 * const names = ["a.JPG", "a.jfif", "a.heic", "a.txt", "._a.jpg"];
 * assertEquals(names.map(kindOfName), ["image", "image", "other-format", "no-image", "hidden"]);
 * ```
 */
export function kindOfName(name: string): NameKind {
  if (isHidden(name)) return "hidden";
  const ending = endingOf(name);
  if (IMAGE_ENDINGS.includes(ending)) return "image";
  return OTHER_ENDINGS.includes(ending) ? "other-format" : "no-image";
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
