/**
 * Detection and instance segmentation on a long tail: annotations of LVIS and COCO, masks, average precision.
 *
 * @module
 */
export { type Polygon, rleOfPolygons } from "./masks/polygon.ts";
export { decodeMask, encodeMask, type Rle } from "./masks/rle.ts";
export { rleArea, rleBox, rleIntersection, rleIou, rleUnion } from "./masks/rle_overlap.ts";
export { rleOfText, rleText } from "./masks/rle_text.ts";
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
export { readDetectionDataset } from "./lvis/read_dataset.ts";
export { checkResults, type CocoResult, readResults } from "./lvis/results.ts";
export type { CocoSegmentation } from "./lvis/segmentation.ts";
