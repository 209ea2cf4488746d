/**
 * Evaluating the detector of a run.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import type { Precision } from "../../engine/precision.ts";
import type { DetectionCategory } from "../lvis/dataset.ts";
import { expectSameCategories } from "../lvis/expect_same_categories.ts";
import { type ScoredDetections, scoreDetector } from "../training/detector_scores.ts";
import { openDetector } from "./open_detector.ts";
import type { DetectionLoadOptions } from "../recipes/data_sets/detection_data_set.ts";

/** Options of {@linkcode evaluateDetector}; defaults come from the run's `config.json`. */
export interface EvaluateDetectorOptions extends Omit<DetectionLoadOptions, "seed"> {
  /**
   * Number of images at a time.
   *
   * @default {4}
   */
  readonly batch?: number;
  /**
   * Precision of the detector.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /** Called after each batch with the number of images done, and of all. */
  readonly onProgress?: (done: number, images: number) => void;
}

/** Average precision of a detector's checkpoint, with what it was computed from. */
export interface EvaluatedDetector extends ScoredDetections {
  /** Path of the checkpoint. */
  readonly checkpoint: string;
  /** Name of the recipe. */
  readonly recipe: string;
  /** Number of steps that it was trained for. */
  readonly step: number;
  /** The classes, in the order of their labels. */
  readonly categories: readonly DetectionCategory[];
  /** Number of images that it was evaluated on. */
  readonly images: number;
}

/**
 * Evaluates the detector of a run on the test images of its recipe, or on other annotations of the same categories.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint in it.
 * @param options Annotations, batch, precision.
 * @returns Average precision of boxes and masks, and the detections.
 * @throws {UsageError} If the run is not that of a detector.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe.
 * @throws {DataError} If annotations or an image cannot be read, or the categories are others.
 */
export async function evaluateDetector(
  path: string,
  { batch = 4, precision, onProgress, ...data }: EvaluateDetectorOptions = {},
): Promise<EvaluatedDetector> {
  const opened = await openDetector(path);
  try {
    const { detector, recipe, categories, mean, std, folder, checkpoint, step } = opened;
    const given = Object.fromEntries(
      Object.entries(data).filter(([, value]) => value !== undefined),
    );
    const set = await recipe.dataSet.loadTest({ ...opened.data, ...given });
    expectSameCategories(set.dataset, categories.map(({ id }) => id), `the run in ${folder}`);
    const images = set.dataset.images.length;
    if (images === 0) throw new DataError(`Expected images in ${set.dataset.file} but found none`);
    const scored = await scoreDetector(detector, opened, { ...set, mean, std }, {
      dataSet: recipe.dataSet,
      batch,
      precision,
      onProgress: (done) => onProgress?.(done, images),
    });
    return {
      ...scored,
      checkpoint,
      recipe: recipe.name,
      step,
      categories: set.dataset.categories,
      images,
    };
  } finally {
    opened.dispose();
  }
}
