/**
 * What was found in a folder of images and is not read: how much of it, and why.
 *
 * @module
 */
import { SHOWN, someOf } from "../lists/some_of.ts";
import { endingOf } from "./names.ts";

/**
 * Why something is not read: `hidden` files and folders, and what systems leave behind; images in another format
 * (`other-format`); files that are no image (`no-image`); images that lie beside the folders of classes
 * (`no-class`); links that lead nowhere (`broken-link`); links to a folder that is read already (`visited`).
 */
export type Reason =
  | "other-format"
  | "no-class"
  | "broken-link"
  | "visited"
  | "hidden"
  | "no-image";

/** A file, folder or link that is not read. */
export interface LeftOutPath {
  /** Why. */
  readonly reason: Reason;
  /** Its path within the folder. */
  readonly path: string;
}

/** All that is not read for the same reason. */
export interface LeftOut {
  /** Why. */
  readonly reason: Reason;
  /** How many files, folders or links. */
  readonly count: number;
  /** Paths of the first few. */
  readonly first: readonly string[];
  /** The endings among them, for images in another format. */
  readonly endings?: readonly string[];
}

/** What each is called in the singular and the plural; those that may be a surprise come first. */
const WORDS: Readonly<Record<Reason, readonly [one: string, many: string]>> = {
  "other-format": ["image in another format", "images in other formats"],
  "no-class": ["image outside the folders of classes", "images outside the folders of classes"],
  "broken-link": ["link that leads nowhere", "links that lead nowhere"],
  "visited": ["link to a folder that is read already", "links to folders that are read already"],
  "hidden": ["hidden file or folder", "hidden files and folders"],
  "no-image": ["file that is no image", "files that are no images"],
};

/**
 * Counts what is not read by its reason.
 *
 * @param paths What is not read.
 * @returns One entry for each reason that occurs.
 */
export function countLeftOut(paths: readonly LeftOutPath[]): LeftOut[] {
  const found: LeftOut[] = [];
  for (const reason of Object.keys(WORDS) as Reason[]) {
    const names = paths.filter((entry) => entry.reason === reason).map(({ path }) => path).sort();
    if (names.length === 0) continue;
    const entry = { reason, count: names.length, first: names.slice(0, SHOWN) };
    const endings = [...new Set(names.map(endingOf))].sort();
    found.push(reason === "other-format" ? { ...entry, endings } : entry);
  }
  return found;
}

/**
 * Tells what is not read.
 *
 * @param leftOut What {@linkcode countLeftOut} counts.
 * @returns One line, empty if everything is read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const counted = countLeftOut([
 *   { reason: "hidden", path: "cat/._1.jpg" },
 *   { reason: "other-format", path: "cat/2.jxl" },
 *   { reason: "other-format", path: "dog/3.jxl" },
 * ]);
 * assertEquals(
 *   leftOutLine(counted),
 *   "2 images in other formats, .jxl (cat/2.jxl; dog/3.jxl), 1 hidden file or folder (cat/._1.jpg)",
 * );
 * ```
 */
export function leftOutLine(leftOut: readonly LeftOut[]): string {
  return leftOut.map(({ reason, count, first, endings = [] }) => {
    const words = [`${count} ${WORDS[reason][count === 1 ? 0 : 1]}`];
    words.push(...endings.map((ending) => `.${ending}`));
    return `${words.join(", ")} (${someOf(first, count)})`;
  }).join(", ");
}
