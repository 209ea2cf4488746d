/**
 * Assignment of detections to annotations in the evaluation of LVIS.
 *
 * @module
 */

/** Thresholds of the intersection over union, 0.5 to 0.95 in steps of 0.05, rounded as NumPy's `linspace` does. */
export const IOU_THRESHOLDS: readonly number[] = Array.from(
  { length: 10 },
  (_, step) => step * ((0.95 - 0.5) / 9) + 0.5,
);

/** Ranges of areas in pixels, borders included: all, small, medium, large. */
export const AREA_RANGES: readonly (readonly [least: number, most: number])[] = [
  [0, 1e5 ** 2],
  [0, 32 ** 2],
  [32 ** 2, 96 ** 2],
  [96 ** 2, 1e5 ** 2],
];

/** What became of a detection at a threshold. */
export const FALSE_POSITIVE = 0, TRUE_POSITIVE = 1, IGNORED = 2;

/** Detections and annotations of one class in one image. */
export interface Pairing {
  /** Area of each detection, the best scored first. */
  readonly detectionAreas: readonly number[];
  /** Area of each annotation. */
  readonly annotationAreas: readonly number[];
  /** Whether each annotation is to be ignored whatever its area. */
  readonly ignored: readonly boolean[];
  /** Intersection over union, `[detection][annotation]` in one array. */
  readonly overlaps: ArrayLike<number>;
  /** Whether not every object of the class is annotated, so that unmatched detections may be right. */
  readonly notExhaustive: boolean;
}

/** Whether an area is out of a range. */
function isOutside(area: number, [least, most]: readonly [number, number]): boolean {
  return area < least || area > most;
}

/**
 * Counts the annotations that must be found.
 *
 * @param pairing Areas of annotations and what is ignored.
 * @param range Index of the range of areas.
 * @returns Number of annotations.
 */
export function countDemanded(
  { annotationAreas, ignored }: Pick<Pairing, "annotationAreas" | "ignored">,
  range: number,
): number {
  return annotationAreas.filter((area, i) => !ignored[i] && !isOutside(area, AREA_RANGES[range]))
    .length;
}

/**
 * Matches detections to annotations at every threshold: each detection in turn takes the free annotation of highest
 * overlap, preferring one that counts to one that is ignored; of equal overlaps the last. A detection that matches an
 * ignored annotation is ignored, and so is an unmatched one whose area is out of the range or whose class is not
 * annotated exhaustively.
 *
 * @param pairing Detections and annotations of one class in one image.
 * @param range Index of the range of areas.
 * @param outcomes Receives the outcome of each detection, `[threshold][detection]`.
 * @param stride Number of detections in a row of `outcomes`.
 * @param offset Place of the first detection in a row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const outcomes = new Uint8Array(2 * IOU_THRESHOLDS.length);
 * matchDetections(
 *   {
 *     detectionAreas: [100, 100],
 *     annotationAreas: [100],
 *     ignored: [false],
 *     overlaps: [0.6, 0.9],
 *     notExhaustive: false,
 *   },
 *   0,
 *   outcomes,
 *   2,
 *   0,
 * );
 * // At 0.5 the first takes the annotation, at 0.65 only the second overlaps enough.
 * assertEquals([...outcomes.subarray(0, 2)], [TRUE_POSITIVE, FALSE_POSITIVE]);
 * assertEquals([...outcomes.subarray(6, 8)], [FALSE_POSITIVE, TRUE_POSITIVE]);
 * ```
 */
export function matchDetections(
  pairing: Pairing,
  range: number,
  outcomes: Uint8Array,
  stride: number,
  offset: number,
): void {
  const { detectionAreas, annotationAreas, overlaps, notExhaustive } = pairing;
  const columns = annotationAreas.length, borders = AREA_RANGES[range];
  const isIgnored = annotationAreas.map((area, i) =>
    pairing.ignored[i] || isOutside(area, borders)
  );
  const unmatched = detectionAreas.map((area) =>
    notExhaustive || isOutside(area, borders) ? IGNORED : FALSE_POSITIVE
  );
  // Annotations that count come first.
  const order = [...annotationAreas.keys()].sort((a, b) =>
    Number(isIgnored[a]) - Number(isIgnored[b])
  );
  const takenAt = new Int8Array(columns).fill(-1);
  for (let threshold = 0; threshold < IOU_THRESHOLDS.length; threshold++) {
    const least = Math.min(IOU_THRESHOLDS[threshold], 1 - 1e-10);
    for (let row = 0; row < detectionAreas.length; row++) {
      let best = least, match = -1;
      for (const column of order) {
        if (takenAt[column] === threshold) continue;
        if (match >= 0 && !isIgnored[match] && isIgnored[column]) break;
        const overlap = overlaps[row * columns + column];
        if (overlap < best) continue;
        best = overlap;
        match = column;
      }
      if (match >= 0) takenAt[match] = threshold;
      outcomes[threshold * stride + offset + row] = match < 0
        ? unmatched[row]
        : isIgnored[match]
        ? IGNORED
        : TRUE_POSITIVE;
    }
  }
}
