/**
 * Which images of a data set a camera has stored rotated.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { ImageDataset } from "../dataset.ts";
import { endingOf } from "../files/names.ts";
import { pathAt } from "../paths.ts";
import { kindOfEnding } from "./kind.ts";
import { readHeader } from "./read_header.ts";

/** Images that are looked at another way than they are stored. */
export interface Rotated {
  /** Number of images that were asked. */
  readonly looked: number;
  /** Number of those whose EXIF orientation is another than 1. */
  readonly count: number;
  /** Paths of the first few. */
  readonly first: readonly string[];
}

/** Enough to know the share, in a few seconds. */
const MOST = 20_000;
const FIRST = 3;
/** Files open at the same time. */
const AT_ONCE = 32;

/**
 * Counts images whose EXIF data tells of a rotation, by the parts of the files in front of their pixels. Files that
 * are missing or damaged are none of them; nor are TIFF, HEIC and AVIF, which are turned upright anyway.
 *
 * @param dataset The data set; one in memory has none.
 * @param options The number of images that are asked at most, at equal distances.
 * @returns The count.
 */
export async function rotatedImages(
  { images, labels }: Pick<ImageDataset, "images" | "labels">,
  { most = MOST }: { readonly most?: number } = {},
): Promise<Rotated> {
  if (images.kind !== "files") return { looked: 0, count: 0, first: [] };
  const looked = Math.min(most, labels.length);
  const rotated = new Set<number>();
  let next = 0;
  const goThrough = async () => {
    while (next < looked) {
      const image = Math.floor(next++ * labels.length / looked);
      if (await isRotated(pathAt(images.paths, image))) rotated.add(image);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goThrough));
  const first = [...rotated].sort((a, b) => a - b).slice(0, FIRST);
  return { looked, count: rotated.size, first: first.map((image) => pathAt(images.paths, image)) };
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
