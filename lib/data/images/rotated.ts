/**
 * Finds images of a data set that are stored rotated.
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

/** Images with an EXIF orientation other than 1. */
export interface Rotated {
  /** Number of headers read. */
  readonly checked: number;
  /** Number of images whose EXIF orientation is not 1. */
  readonly count: number;
  /** Paths of the first few. */
  readonly first: readonly string[];
}

/** Enough for an estimate of the fraction within a few seconds. */
const MAX_CHECKED = 20_000;
/** Files open concurrently. */
const AT_ONCE = 32;

/**
 * Counts images with an EXIF rotation, by reading the headers of their files. Missing and corrupt files do not count,
 * nor do TIFF, HEIC and AVIF, whose orientation is always applied.
 *
 * @param dataset The data set; one in memory has no rotated images.
 * @param options Maximum number of images to check, at equal distances.
 * @returns The count.
 */
export async function rotatedImages(
  { images, labels }: Pick<ImageDataset, "images" | "labels">,
  { max = MAX_CHECKED }: { readonly max?: number } = {},
): Promise<Rotated> {
  if (images.kind !== "files") return { checked: 0, count: 0, first: [] };
  const checked = Math.min(max, labels.length);
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
