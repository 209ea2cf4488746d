/**
 * Average precision of a detector on a set of images.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import type { Precision } from "../../engine/precision.ts";
import type { DetectionSet } from "../data/detection_set.ts";
import { detectSet } from "../data/detect_set.ts";
import { lvisAp, type LvisScores } from "../lvis/lvis_ap.ts";
import type { CocoResult } from "../lvis/results.ts";
import type { Detector } from "../mask_rcnn/detector.ts";
import type { DetectionDataSet } from "../recipes/data_sets/detection_data_set.ts";

/** Average precision of boxes and masks. */
export interface DetectorScores {
  /** Of boxes. */
  readonly boxes: LvisScores;
  /** Of masks; their size groups are by the area of masks, as in Detectron2. */
  readonly masks: LvisScores;
}

/** Detections with their scores. */
export interface ScoredDetections {
  /** Average precision. */
  readonly scores: DetectorScores;
  /** The detections, in COCO's results format. */
  readonly results: readonly CocoResult[];
}

/** Options of {@linkcode scoreDetector}. */
export interface ScoreDetectorOptions {
  /** Data set of the recipe, for sizes and numbers. */
  readonly dataSet: Pick<DetectionDataSet, "fit" | "detections">;
  /** Number of images at a time. */
  readonly batch: number;
  /** Precision of the detector. */
  readonly precision?: Precision;
  /** Called after each batch with the number of images done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Detects the objects of a set of images and scores them as LVIS does.
 *
 * @param detector The detector.
 * @param weights Its parameters and state; not disposed.
 * @param set Annotated images.
 * @param options Sizes, batch, precision.
 * @returns Average precision, and the detections.
 */
export async function scoreDetector(
  detector: Detector,
  weights: { readonly params: Params; readonly state: Params },
  set: DetectionSet,
  { dataSet, ...options }: ScoreDetectorOptions,
): Promise<ScoredDetections> {
  const { fit, detections: most } = dataSet;
  const results = await detectSet(detector, weights, set, { fit, most, ...options });
  const masks = results.map(({ bbox: _, ...result }) => result);
  return {
    results,
    scores: {
      boxes: lvisAp(set.dataset, results),
      masks: lvisAp(set.dataset, masks, { of: "masks" }),
    },
  };
}
