/**
 * From proposals to detections.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { BOX_DEVIATIONS, decodeBoxes } from "../boxes/coding.ts";
import { clipBoxes } from "../boxes/corners.ts";
import { nmsOfClasses } from "../boxes/nms_of_classes.ts";
import type { BoxOutput } from "../network/box_head.ts";
import { type ImageBatch, sizeOf } from "./batch.ts";
import type { Proposals } from "./proposals.ts";

/** Options of detection. */
export interface DetectOptions {
  /**
   * Detections of this score or less are dropped.
   *
   * @default {0.0001, because scores of rare classes are low}
   */
  readonly least?: number;
  /**
   * Detections that overlap a better one of their class by more than this are dropped.
   *
   * @default {0.5}
   */
  readonly iou?: number;
  /**
   * Number of detections of an image.
   *
   * @default {300}
   */
  readonly most?: number;
}

/** Detections of a batch, the best scored of each image first. */
export type Detections = {
  /** Corners in pixels, within the images. Shape `[batch, most, 4]`. */
  readonly boxes: tf.Tensor3D;
  /** Scores; 0 for padding. Shape `[batch, most]`. */
  readonly scores: tf.Tensor2D;
  /** Classes. Shape `[batch, most]`, int32. */
  readonly labels: tf.Tensor2D;
  /** Number of detections of each image. Shape `[batch]`, int32. */
  readonly count: tf.Tensor1D;
  /** Probability of the object in each bin of its box. Shape `[batch, most, 28, 28]`. */
  readonly masks: tf.Tensor4D;
};

/** The heads of a detector, applied to regions of a batch. */
export interface Heads {
  /** Proposals of each image. */
  readonly proposals: readonly Proposals[];
  /** Number of classes. */
  readonly classes: number;
  /** Applies the box head. */
  boxes(boxes: tf.Tensor2D, image: tf.Tensor1D): BoxOutput;
  /** Applies the mask head. */
  masks(boxes: tf.Tensor2D, image: tf.Tensor1D, labels: tf.Tensor1D): tf.Tensor3D;
  /** Scores of logits. */
  scores(logits: tf.Tensor2D): tf.Tensor2D;
}

/**
 * Classifies proposals, refines their boxes for every class, drops overlapping ones class by class, and predicts the
 * masks of the best.
 *
 * @param heads Proposals and heads.
 * @param batch Images.
 * @param options Scores, overlap, number.
 * @returns Detections.
 */
export function detect(
  heads: Heads,
  batch: ImageBatch,
  { least = 1e-4, iou = 0.5, most = 300 }: DetectOptions = {},
): Detections {
  const { proposals, classes } = heads, images = proposals.length;
  const counts = proposals.map(({ boxes }) => boxes.shape[0]);
  const all = tf.concat(proposals.map(({ boxes }) => boxes));
  const { logits, code } = heads.boxes(all, imageIndices(counts));
  const scores = heads.scores(logits);
  let begin = 0;
  const found = proposals.map(({ boxes, kept }, image) => {
    const own = counts[image], size = sizeOf(batch, image);
    const slice = (x: tf.Tensor) => x.slice([begin, 0], [own, x.shape[1]!]);
    const eachClass: [number, number] = [own * classes, 4];
    const repeated: tf.Tensor2D = boxes.expandDims(1).tile([1, classes, 1]).reshape(eachClass);
    const coded: tf.Tensor2D = slice(code).reshape(eachClass);
    const moved = decodeBoxes(coded, repeated, BOX_DEVIATIONS);
    const clipped: tf.Tensor3D = clipBoxes(moved, size).reshape([own, classes, 4]);
    const valid: tf.Tensor2D = slice(scores).mul(kept.expandDims(1));
    begin += own;
    return nmsOfClasses(clipped, valid, { least, iou, most });
  });
  const boxes = expectRank(tf.stack(found.map(({ boxes }) => boxes)), 3, "boxes");
  const labels = expectRank(tf.stack(found.map(({ labels }) => labels)), 2, "labels");
  const masks = heads.masks(
    boxes.reshape([images * most, 4]),
    imageIndices(found.map(() => most)),
    labels.flatten(),
  );
  const [, height, width] = masks.shape;
  return {
    boxes,
    scores: expectRank(tf.stack(found.map(({ scores }) => scores)), 2, "scores"),
    labels,
    count: expectRank(tf.stack(found.map(({ count }) => count)), 1, "counts"),
    masks: masks.sigmoid().reshape([images, most, height, width]),
  };
}

/** Index of the image of each region, from the number of regions of each image. Shape `[regions]`, int32. */
export function imageIndices(counts: readonly number[]): tf.Tensor1D {
  const indices = counts.flatMap((count, image) => Array<number>(count).fill(image));
  return tf.tensor1d(Int32Array.from(indices), "int32");
}
