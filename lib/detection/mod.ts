/**
 * Detection and instance segmentation on a long tail: annotations of LVIS and COCO, run-length coded masks, average
 * precision equal to LVIS's official evaluator, Mask R-CNN with cross-entropy, EQL and Seesaw, and generated scenes.
 *
 * @example Score detections as LVIS does
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { builtinScenes, lvisAp } from "@nbn/toolkit/detection";
 *
 * const { test: { dataset } } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
 * const perfect = dataset.annotations.map(({ image, label, box }) => ({
 *   image_id: dataset.images[image].id,
 *   category_id: dataset.categories[label].id,
 *   score: 1,
 *   bbox: box,
 * }));
 * const { ap, apRare } = lvisAp(dataset, perfect);
 * assertAlmostEquals(ap!, 1);
 * assertAlmostEquals(apRare!, 1);
 * ```
 *
 * @module
 */
export { type AnchorOptions, anchorsOf, type Level } from "./boxes/anchors.ts";
export { type CodeDeviations, decodeBoxes, encodeBoxes } from "./boxes/coding.ts";
export { boxAreas, boxIou, clipBoxes } from "./boxes/corners.ts";
export { type KeptBoxes, type NmsOptions, nonMaxSuppression } from "./boxes/nms.ts";
export {
  type ClassDetections,
  type ClassNmsOptions,
  nmsOfClasses,
} from "./boxes/nms_of_classes.ts";
export {
  levelsOf,
  type Pyramid,
  type Regions,
  roiAlign,
  type RoiAlignOptions,
} from "./boxes/roi_align.ts";
export type { SampleOptions } from "./boxes/sample.ts";
export { builtinScenes, type BuiltinScenesOptions } from "./data/builtin_scenes.ts";
export { type BatchSize, canvasOf, collateImages } from "./data/collate.ts";
export { detectSet, type DetectSetOptions } from "./data/detect_set.ts";
export {
  detectionFolder,
  type DetectionFolderOptions,
  type DetectionSet,
} from "./data/detection_set.ts";
export { type LearnableImages, learnableImages } from "./data/learnable.ts";
export {
  fittedSize,
  type PreparedImage,
  type PreparedObject,
  prepareImage,
  type PrepareOptions,
} from "./data/prepared.ts";
export {
  type TrainingBatches,
  trainingBatches,
  type TrainingBatchesOptions,
} from "./data/training_batches.ts";
export { type LvisJson, lvisJson, writeLvis } from "./data/write_lvis.ts";
export { regionCrossEntropy } from "./losses/region_cross_entropy.ts";
export { regionEql, type RegionEqlOptions } from "./losses/region_eql.ts";
export type { RegionLoss } from "./losses/region_loss.ts";
export { regionSeesaw } from "./losses/region_seesaw.ts";
export { annotatedResults } from "./lvis/annotated_results.ts";
export type {
  AnnotationFault,
  Box,
  CountedFault,
  DetectionAnnotation,
  DetectionCategory,
  DetectionDataset,
  DetectionImage,
  Frequency,
  PolygonFault,
} from "./lvis/dataset.ts";
export { faultLines } from "./lvis/fault_lines.ts";
export { lvisAp, type LvisApOptions, type LvisScores } from "./lvis/lvis_ap.ts";
export { type ClassObjects, type ObjectCounts, objectCounts } from "./lvis/object_counts.ts";
export { readDetectionDataset } from "./lvis/read_dataset.ts";
export { checkDetectionResults, type CocoResult, readDetectionResults } from "./lvis/results.ts";
export type { CocoSegmentation } from "./lvis/segmentation.ts";
export type { DetectionBatch, ImageBatch } from "./mask_rcnn/batch.ts";
export type { Detections, DetectOptions } from "./mask_rcnn/detect.ts";
export type { DetectionLosses, Detector } from "./mask_rcnn/detector.ts";
export { maskRcnn } from "./mask_rcnn/mask_rcnn.ts";
export type { MaskRcnnOptions } from "./mask_rcnn/mask_rcnn_options.ts";
export type { ProposalOptions } from "./mask_rcnn/proposals.ts";
export { resultsOf, type ShownImage } from "./mask_rcnn/results_of.ts";
export {
  type DetectorStep,
  detectorStep,
  type DetectorStepOptions,
  type DetectorStepOutput,
  type DetectorTraining,
} from "./mask_rcnn/training_step.ts";
export { pasteMask, type PasteOptions } from "./masks/paste.ts";
export { type Polygon, rleOfPolygons } from "./masks/polygon.ts";
export { decodeMask, encodeMask, type Rle } from "./masks/rle.ts";
export { rleArea, rleBox, rleIntersection, rleIou, rleUnion } from "./masks/rle_overlap.ts";
export { rleOfText, rleText } from "./masks/rle_text.ts";
export { normalizedLinear } from "./network/normalized_linear.ts";
export { fromTorchvisionDetector } from "./network/torchvision.ts";
export type {
  DetectionDataSet,
  DetectionLoadOptions,
  LoadedDetectionSets,
} from "./recipes/data_sets/detection_data_set.ts";
export {
  type BuiltDetector,
  type DetectionRecipe,
  detectionRecipe,
  isDetectionRecipe,
} from "./recipes/detection_recipe.ts";
export { listDetectionRecipes } from "./recipes/list.ts";
export {
  type DetectedImages,
  detectImages,
  type DetectImagesOptions,
  type ImageDetection,
} from "./runs/detect_images.ts";
export {
  type EvaluatedDetector,
  evaluateDetector,
  type EvaluateDetectorOptions,
} from "./runs/evaluate_detector.ts";
export { isDetectorRun, openDetector, type OpenedDetector } from "./runs/open_detector.ts";
export type { DetectionEvent, DetectorEvent } from "./training/detector_events.ts";
export type { DetectorTrainOptions } from "./training/detector_options.ts";
export type { DetectorResult } from "./training/detector_result.ts";
export type { DetectorScores, ScoredDetections } from "./training/detector_scores.ts";
export { trainDetector } from "./training/train_detector.ts";
export type { Image as RgbImage } from "../data/images/image.ts";
