/**
 * Average precision as LVIS defines it.
 *
 * @module
 */
import { expectDetectionDataset } from "./expect_dataset.ts";
import { meanAccuracy } from "../../metrics/per_class_accuracy.ts";
import type { DetectionDataset, Frequency } from "./dataset.ts";
import { type ClassScores, scoresOfClasses } from "./class_scores.ts";
import { checkDetectionResults, type CocoResult } from "./results.ts";

/** Options of {@linkcode lvisAp}. */
export interface LvisApOptions {
  /**
   * What is compared: boxes, or masks.
   *
   * @default {"boxes"}
   */
  readonly of?: "boxes" | "masks";
  /**
   * Maximum number of results for an image; the best scored are kept.
   *
   * @default {300}
   */
  readonly most?: number;
  /**
   * Where the results come from, for error messages.
   *
   * @default {"the results"}
   */
  readonly from?: string;
}

/** Average precision and recall, each from 0 to 1, or `null` where there is no annotation to find. */
export interface LvisScores {
  /** Average precision: mean over classes, 10 thresholds from 0.5 to 0.95 and 101 recalls. */
  readonly ap: number | null;
  /** At the threshold 0.5. */
  readonly ap50: number | null;
  /** At the threshold 0.75. */
  readonly ap75: number | null;
  /** Of objects of up to 32² pixels. */
  readonly apSmall: number | null;
  /** Of objects of 32² to 96² pixels. */
  readonly apMedium: number | null;
  /** Of objects of at least 96² pixels. */
  readonly apLarge: number | null;
  /** Of rare classes. */
  readonly apRare: number | null;
  /** Of common classes. */
  readonly apCommon: number | null;
  /** Of frequent classes. */
  readonly apFrequent: number | null;
  /** Average recall: mean over classes and thresholds of the recall of all results. */
  readonly ar: number | null;
  /** Average recall of small objects. */
  readonly arSmall: number | null;
  /** Average recall of medium objects. */
  readonly arMedium: number | null;
  /** Average recall of large objects. */
  readonly arLarge: number | null;
  /** Average precision of each class. */
  readonly perClass: readonly (number | null)[];
}

/**
 * Scores detections as the official evaluator of LVIS does, with equal results. Results of classes that are neither
 * annotated in an image nor known to be absent from it do not count; nor do unmatched results of classes that are not
 * annotated exhaustively. Annotations and results of area 0 do not count. Size groups are by the area of the result's
 * box if it has one, else of its mask; detectron2 removes boxes before it scores masks.
 *
 * Source: Gupta et al. 2019, LVIS: A Dataset for Large Vocabulary Instance Segmentation, and its evaluator.
 *
 * @param dataset Annotated images.
 * @param results Detections in COCO's results format.
 * @param options Boxes or masks, number of results for an image.
 * @returns Average precision and recall.
 * @throws {DataError} If a result is of an unknown image or category, has no finite score, lacks what is compared or
 * does not fit its image, or an annotation has no mask to compare.
 * @throws {RangeError} If annotations contradict the images or classes.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { lvisAp } from "@nbn/toolkit/detection";
 *
 * const box = [2, 2, 4, 4] as const;
 * const data = {
 *   file: "val.json",
 *   images: [{ id: 7, width: 20, height: 10, path: "7.jpg", absent: [1], notExhaustive: [] }],
 *   categories: [
 *     { id: 1, name: "heron", frequency: "frequent" },
 *     { id: 2, name: "stork", frequency: "rare" },
 *   ],
 *   annotations: [{ id: 1, image: 0, label: 0, box, area: 16, ignored: false }],
 *   faults: [],
 * } as const;
 * const scores = lvisAp(data, [{ image_id: 7, category_id: 1, score: 0.9, bbox: box }]);
 * assertAlmostEquals(scores.ap!, 1);
 * assertEquals(scores.apRare, null);
 * ```
 */
export function lvisAp(
  dataset: DetectionDataset,
  results: readonly CocoResult[],
  { of = "boxes", most = 300, from = "the results" }: LvisApOptions = {},
): LvisScores {
  expectDetectionDataset(dataset);
  checkDetectionResults(results, dataset, from);
  const classes = scoresOfClasses(dataset, results, { of, most, from });
  const ap = (range: number, threshold?: number, group?: Frequency) =>
    meanAccuracy(
      classes.map((scores, label) =>
        group === undefined || dataset.categories[label].frequency === group
          ? pick(scores?.[range]?.precision, threshold)
          : null
      ),
    );
  const ar = (range: number) =>
    meanAccuracy(classes.map((scores) => pick(scores?.[range]?.recall)));
  return {
    ap: ap(0),
    ap50: ap(0, 0),
    ap75: ap(0, 5),
    apSmall: ap(1),
    apMedium: ap(2),
    apLarge: ap(3),
    apRare: ap(0, undefined, "rare"),
    apCommon: ap(0, undefined, "common"),
    apFrequent: ap(0, undefined, "frequent"),
    ar: ar(0),
    arSmall: ar(1),
    arMedium: ar(2),
    arLarge: ar(3),
    perClass: classes.map((scores) => pick(scores?.[0]?.precision)),
  };
}

/** The value at a threshold, or the mean over all. */
function pick(values: ClassScores["precision"] | undefined, threshold?: number): number | null {
  if (!values) return null;
  return threshold === undefined ? meanAccuracy([...values]) : values[threshold];
}
