/**
 * Counts of images with an EXIF rotation as text.
 *
 * @module
 */
import type { ImageDataset } from "../../data/dataset.ts";
import { rotatedImages } from "../../data/images/rotated.ts";
import { someOf } from "../../data/lists/some_of.ts";

/**
 * Counts the images of data sets whose EXIF orientation is not upright.
 *
 * @param sets The data sets.
 * @param all Whether every image is checked, rather than a sample of a large data set.
 * @returns One line for each set that has such images.
 */
export async function rotatedLines(sets: readonly ImageDataset[], all: boolean): Promise<string[]> {
  const lines: string[] = [];
  for (const set of sets) {
    const { checked, count, first } = await rotatedImages(set, all ? { max: Infinity } : {});
    if (count === 0) continue;
    const of = checked < set.labels.length ? `${checked} images checked` : `${checked} images`;
    lines.push(
      `${count} of ${of} in ${set.name} were stored rotated by a camera, and are used as they are stored ` +
        `unless --exif turns them upright (${someOf(first, count)})`,
    );
  }
  return lines;
}
