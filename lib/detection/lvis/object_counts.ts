/**
 * How many images and objects there are of each class and group.
 *
 * @module
 */
import { expectDetectionDataset } from "./expect_dataset.ts";
import type { DetectionDataset, Frequency } from "./dataset.ts";
import { FREQUENCIES, frequencyOf } from "./frequency.ts";

/** Images and objects of a class. */
export interface ClassObjects {
  /** Name of the class. */
  readonly name: string;
  /** Number of images that show it. */
  readonly images: number;
  /** Number of objects of it. */
  readonly objects: number;
  /** Its group: as the file states it, else by the number of images. */
  readonly frequency: Frequency;
}

/** Images and objects of a data set. */
export interface ObjectCounts {
  /** The classes, in the order of their labels. */
  readonly classes: readonly ClassObjects[];
  /** Number of classes, and of objects of them, in each group. */
  readonly groups: Readonly<
    Record<Frequency, { readonly classes: number; readonly objects: number }>
  >;
  /** Whether the file states the groups. */
  readonly isStated: boolean;
}

/**
 * Counts the images and objects of each class and group; annotations that cannot be learnt from count too.
 *
 * @param dataset Annotated images.
 * @returns The counts.
 * @throws {RangeError} If annotations contradict the images or classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinScenes, objectCounts } from "@nbn/toolkit/detection";
 *
 * const { groups, isStated } = objectCounts(builtinScenes({ side: 32, testImages: 1 }).train.dataset);
 * assertEquals([groups.rare.classes, groups.common.classes, groups.frequent.classes], [3, 5, 4]);
 * assertEquals(isStated, true);
 * ```
 */
export function objectCounts(dataset: DetectionDataset): ObjectCounts {
  expectDetectionDataset(dataset);
  const { categories, annotations } = dataset;
  const shown = categories.map(() => new Set<number>()), objects = categories.map(() => 0);
  for (const { label, image } of annotations) {
    shown[label].add(image);
    objects[label]++;
  }
  const classes = categories.map(({ name, frequency }, label) => ({
    name,
    images: shown[label].size,
    objects: objects[label],
    frequency: frequency ?? frequencyOf(shown[label].size),
  }));
  const groups = Object.fromEntries(FREQUENCIES.map((group) => {
    const own = classes.filter(({ frequency }) => frequency === group);
    return [group, {
      classes: own.length,
      objects: own.reduce((sum, { objects }) => sum + objects, 0),
    }];
  })) as ObjectCounts["groups"];
  return { classes, groups, isStated: categories.some(({ frequency }) => frequency !== undefined) };
}
