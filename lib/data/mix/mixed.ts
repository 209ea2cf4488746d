/**
 * Mixed images and their targets.
 *
 * @module
 */

/** A batch of images that can be mixed. */
export interface Mixable {
  /** Contiguous, `[batch, height, width, channels]`. */
  readonly images: Float32Array;
  /** Class of each image, `[batch]`. */
  readonly labels: Int32Array;
}

/** Images that are mixtures of two images each. */
export interface Mixed extends Mixable {
  /** Class of the other image in each mixture, `[batch]`. */
  readonly partners: Int32Array;
  /** λ, the fraction of the label in each target, 0 to 1, `[batch]`; the partner has 1 − λ. */
  readonly shares: Float32Array;
}

/**
 * Computes the soft targets of mixed images.
 *
 * @param mixed Labels, partners, fractions.
 * @param classes Number of classes.
 * @returns Contiguous, `[batch, classes]`; each row sums to 1.
 * @throws {RangeError} If a label is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const mixed = { labels: Int32Array.of(0), partners: Int32Array.of(2), shares: Float32Array.of(0.75) };
 * assertEquals([...mixedTargets(mixed, 3)], [0.75, 0, 0.25]);
 * ```
 */
export function mixedTargets(
  { labels, partners, shares }: Pick<Mixed, "labels" | "partners" | "shares">,
  classes: number,
): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, image) => {
    const partner = partners[image];
    if (!(label >= 0 && label < classes && partner >= 0 && partner < classes)) {
      throw new RangeError(
        `Expected labels from 0 to ${
          classes - 1
        } but found ${label} and ${partner} for image ${image}`,
      );
    }
    targets[image * classes + label] += shares[image];
    targets[image * classes + partner] += 1 - shares[image];
  });
  return targets;
}

/** Number of values per image. */
export function sizeOf({ images, labels }: Mixable): number {
  const size = images.length / labels.length;
  if (Number.isInteger(size) && size > 0) return size;
  throw new RangeError(
    `Expected images of the same size for ${labels.length} labels but found ${images.length} values`,
  );
}
