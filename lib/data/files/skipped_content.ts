/**
 * Content of an image folder that is not read, counted by reason.
 *
 * @module
 */
import { SHOWN, someOf } from "../lists/some_of.ts";
import { endingOf } from "./names.ts";

/**
 * Why something is not read: `hidden` files and folders, including those created by operating systems; images in an
 * unsupported format (`other-format`); files that are not images (`no-image`); images beside the folders of classes
 * (`no-class`); dangling links (`broken-link`); links to a folder that has already been read (`visited`).
 */
export type SkipReason =
  | "other-format"
  | "no-class"
  | "broken-link"
  | "visited"
  | "hidden"
  | "no-image";

/** A file, folder or link that is not read. */
export interface SkippedPath {
  /** Why. */
  readonly reason: SkipReason;
  /** Path relative to the image folder. */
  readonly path: string;
}

/** All content that is not read for the same reason. */
export interface SkippedContent {
  /** Why. */
  readonly reason: SkipReason;
  /** Number of files, folders or links. */
  readonly count: number;
  /** Paths of the first few. */
  readonly first: readonly string[];
  /** File extensions, for images in another format. */
  readonly endings?: readonly string[];
}

/** Singular and plural description of each reason; the most surprising reasons first. */
const WORDS: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  "other-format": ["image in another format", "images in other formats"],
  "no-class": ["image outside the folders of classes", "images outside the folders of classes"],
  "broken-link": ["broken link", "broken links"],
  "visited": ["link to a folder that is read already", "links to folders that are read already"],
  "hidden": ["hidden file or folder", "hidden files and folders"],
  "no-image": ["file that is no image", "files that are no images"],
};

/**
 * Groups content that is not read by reason.
 *
 * @param paths Paths that are not read.
 * @returns One entry for each reason that occurs.
 */
export function countSkipped(paths: readonly SkippedPath[]): SkippedContent[] {
  const found: SkippedContent[] = [];
  for (const reason of Object.keys(WORDS) as SkipReason[]) {
    const names = paths.filter((entry) => entry.reason === reason).map(({ path }) => path).sort();
    if (names.length === 0) continue;
    const entry = { reason, count: names.length, first: names.slice(0, SHOWN) };
    const endings = [...new Set(names.map(endingOf))].sort();
    found.push(reason === "other-format" ? { ...entry, endings } : entry);
  }
  return found;
}

/**
 * Describes what is not read.
 *
 * @param skipped Counts from {@linkcode countSkipped}.
 * @returns One line, empty if everything is read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const counted = countSkipped([
 *   { reason: "hidden", path: "cat/._1.jpg" },
 *   { reason: "other-format", path: "cat/2.jxl" },
 *   { reason: "other-format", path: "dog/3.jxl" },
 * ]);
 * assertEquals(
 *   describeSkipped(counted),
 *   "2 images in other formats, .jxl (cat/2.jxl; dog/3.jxl), 1 hidden file or folder (cat/._1.jpg)",
 * );
 * ```
 */
export function describeSkipped(skipped: readonly SkippedContent[]): string {
  return skipped.map(({ reason, count, first, endings = [] }) => {
    const words = [`${count} ${WORDS[reason][count === 1 ? 0 : 1]}`];
    words.push(...endings.map((ending) => `.${ending}`));
    return `${words.join(", ")} (${someOf(first, count)})`;
  }).join(", ");
}
