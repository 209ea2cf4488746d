/**
 * Type of the data sets of detection recipes.
 *
 * @module
 */
import type { ResnetTrunkOptions } from "../../../nn/resnet.ts";
import type { DataOptions } from "../../../recipes/data_options.ts";
import type { ContentDigests } from "../../../runs/same_training.ts";
import type { DetectionSet } from "../../data/detection_set.ts";
import type { MaskRcnnOptions } from "../../mask_rcnn/detector.ts";

/** Options for loading annotated images. */
export interface DetectionLoadOptions extends Pick<DataOptions, "folder" | "root" | "test"> {
  /** Seed of generated images. */
  readonly seed: number;
}

/** Loaded images and their provenance. */
export interface LoadedDetectionSets {
  /** Training images. */
  readonly train: DetectionSet;
  /** Test images, with the same classes. */
  readonly test: DetectionSet;
  /** For `config.json`: where the images come from. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** Digests by which the images are recognised; missing if recipe and seed determine them. */
  readonly content?: ContentDigests;
}

/** Annotated images and the settings of a detector that is trained on them. */
export interface DetectionDataSet {
  /** Its name in recipes. */
  readonly name: string;
  /** What `--data` must name; `undefined` if the data set needs no folder. */
  readonly folder?: string;
  /** Whether the backbone starts from pretrained weights, because its first layers and statistics are not trained. */
  readonly pretrained: boolean;
  /** The backbone. */
  readonly backbone: Pick<ResnetTrunkOptions, "depth" | "width">;
  /** Sizes of the detector. */
  readonly detector: Omit<MaskRcnnOptions, "backbone" | "loss" | "normalized">;
  /** Bounds of the sides of training images, of which one is drawn for each: the longer and the shorter side. */
  readonly fits: readonly (readonly [long: number, short: number])[];
  /** Bounds of the sides of test images. */
  readonly fit: readonly [long: number, short: number];
  /** Maximum number of objects of a training image. */
  readonly objects: number;
  /** Maximum number of detections of an image. */
  readonly detections: number;
  /** Share of images below which a class is not frequent, for EQL and repeat factors. */
  readonly threshold: number;
  /** Number of training steps. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Learning rate after the warm-up for a batch of 16, scaled linearly with the batch size. */
  readonly rate: number;
  /** Steps of the warm-up, at most a tenth of the training. */
  readonly warmup: number;
  /** Upper bound of the norm of the gradient; no limit if missing. */
  readonly clipNorm?: number;
  /** Loads training and test images. */
  load(options: DetectionLoadOptions): Promise<LoadedDetectionSets>;
  /** Loads the test images alone. */
  loadTest(options: DetectionLoadOptions): Promise<DetectionSet>;
}
