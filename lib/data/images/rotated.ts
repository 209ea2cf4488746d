/**
 * Which images of a data set a camera has stored rotated.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { ImageDataset } from "../dataset.ts";
import { endingOf } from "../files/names.ts";
import { SHOWN } from "../lists/some_of.ts";
import { pathAt } from "../paths.ts";
import { kindOfEnding } from "./kind.ts";
import { readHeader } from "./read_header.ts";

/** Images that are displayed in another orientation than they are stored in. */
export interface Rotated {
  /** Number of images whose headers were read. */
  readonly checked: number;
  /** Number of those whose EXIF orientation is another than 1. */
  readonly count: number;
  /** Paths of the first few. */
  readonly first: readonly string[];
}

/** Enough to know the share, in a few seconds. */
const MOST = 20_000;
/** Files open at the same time. */
const AT_ONCE = 32;

/**
 * Counts images whose EXIF data tells of a rotation, by the headers of their files. Files that
 * are missing or damaged are none of them; nor are TIFF, HEIC and AVIF, which are turned upright anyway.
 *
 * @param dataset The data set; one in memory has none.
 * @param options The number of images that are checked at most, at equal distances.
 * @returns The count.
 */
export async function rotatedImages(
  { images, labels }: Pick<ImageDataset, "images" | "labels">,
  { most = MOST }: { readonly most?: number } = {},
): Promise<Rotated> {
  if (images.kind !== "files") return { checked: 0, count: 0, first: [] };
  const checked = Math.min(most, labels.length);
  const rotated = new Set<number>();
  let next = 0;
  const goThrough = async () => {
    while (next < checked) {
      const image = Math.floor(next++ * labels.length / checked);
      if (await isRotated(pathAt(images.paths, image))) rotated.add(image);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goThrough));
  const first = [...rotated].sort((a, b) => a - b).slice(0, SHOWN);
  return { checked, count: rotated.size, first: first.map((image) => pathAt(images.paths, image)) };
}

async function isRotated(path: string): Promise<boolean> {
  const kind = kindOfEnding(endingOf(path));
  if (kind !== "JPEG" && kind !== "PNG" && kind !== "WebP") return false;
  try {
    return (await readHeader(path)).orientation !== 1;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
