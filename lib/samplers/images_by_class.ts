/**
 * Images grouped by class.
 *
 * @module
 */

/** Images sorted by class. Classes without images are omitted. */
export interface ImagesByClass {
  /** Number of images of each class. */
  readonly counts: readonly number[];
  /** Index in `sorted` at which each class begins. */
  readonly starts: readonly number[];
  /** All images, class after class. */
  readonly sorted: Uint32Array;
}

/**
 * Sorts images by class with a counting sort.
 *
 * @param labels Class of each image, an integer of at least 0.
 * @returns The images of each class.
 * @throws {RangeError} If there is no label, or one is not an integer of at least 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { counts, starts, sorted } = imagesByClass([3, 0, 3]);
 * assertEquals([counts, starts], [[1, 2], [0, 1]]);
 * assertEquals([...sorted], [1, 0, 2]);
 * ```
 */
export function imagesByClass(labels: ArrayLike<number>): ImagesByClass {
  if (labels.length === 0) throw new RangeError("Expected at least one label but found none");
  const all: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!Number.isSafeInteger(label) || label < 0) {
      throw new RangeError(
        `Expected labels to be integers of at least 0 but found ${label} for image ${i}`,
      );
    }
    while (all.length <= label) all.push(0);
    all[label]++;
  }
  const next: number[] = [], starts: number[] = [];
  let start = 0;
  for (const count of all) {
    next.push(start);
    if (count > 0) starts.push(start);
    start += count;
  }
  const sorted = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) sorted[next[labels[i]]++] = i;
  return { counts: all.filter((count) => count > 0), starts, sorted };
}
