/**
 * Non-maximum suppression class by class.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../../engine/native.ts";
import { suppress } from "./nms.ts";

/** Detections of an image, the best scored first, padded with zeros. */
export interface ClassDetections {
  /** Corners in pixels. Shape `[most, 4]`. */
  readonly boxes: tf.Tensor2D;
  /** Shape `[most]`. */
  readonly scores: tf.Tensor1D;
  /** Shape `[most]`, int32. */
  readonly labels: tf.Tensor1D;
  /** Number of detections; int32. */
  readonly count: tf.Scalar;
}

/** Options of {@linkcode nmsOfClasses}. */
export interface ClassNmsOptions {
  /** Boxes of this score or less are dropped, at least 0. */
  readonly least: number;
  /** Boxes that overlap a better one of their class by more than this are dropped. */
  readonly iou: number;
  /** Maximum number of detections, over all classes. */
  readonly most: number;
}

/**
 * Applies non-maximum suppression to each class and keeps the best detections of all classes. Not differentiable.
 *
 * @param boxes A box of each region for each class. Shape `[regions, classes, 4]`, corners in pixels.
 * @param scores Shape `[regions, classes]`, at least 0.
 * @param options Score, overlap, number.
 * @returns The detections.
 * @throws {RangeError} If the shapes of boxes and scores do not match, or an option is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nmsOfClasses } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const boxes = tf.tensor3d([[[0, 0, 9, 9], [0, 0, 9, 9]], [[0, 0, 9, 8], [0, 0, 9, 8]]]);
 * const scores = tf.tensor2d([[0.9, 0.2], [0.8, 0.3]]);
 * const { labels, count } = nmsOfClasses(boxes, scores, { least: 0.1, iou: 0.5, most: 3 });
 * // One detection of each class is left.
 * assertEquals([[...labels.dataSync()], [...count.dataSync()]], [[0, 1, 0], [2]]);
 * ```
 */
export function nmsOfClasses(
  boxes: tf.Tensor3D,
  scores: tf.Tensor2D,
  { least, iou, most }: ClassNmsOptions,
): ClassDetections {
  expectRange("an integer of at least 1", { most });
  expectRange("from 0 to 1", { iou });
  const [regions, classes] = expectRank(scores, 2, "scores").shape;
  if (`${expectRank(boxes, 3, "boxes").shape}` !== `${[regions, classes, 4]}`) {
    throw new RangeError(
      `Expected boxes [${regions}, ${classes}, 4], as scores [${regions}, ${classes}], but found [${boxes.shape}]`,
    );
  }
  if (!isNative()) return portable(boxes, scores, { least, iou, most });
  const number = tf.scalar(most, "int32");
  const [found, values, labels, count] = execute(
    "CombinedNonMaxSuppression",
    { clip_boxes: false },
    [boxes.expandDims(0), scores.expandDims(0), number, number, tf.scalar(iou), tf.scalar(least)],
    4,
  );
  return {
    boxes: found.reshape([most, 4]),
    scores: values.reshape([most]),
    labels: labels.toInt().reshape([most]),
    count: count.reshape([]),
  };
}

function portable(
  boxes: tf.Tensor3D,
  scores: tf.Tensor2D,
  { least, iou, most }: ClassNmsOptions,
): ClassDetections {
  const [regions, classes] = scores.shape;
  const corners = boxes.dataSync(), values = scores.dataSync();
  const found: { place: number; label: number }[] = [];
  for (let label = 0; label < classes; label++) {
    const places = Array.from({ length: regions }, (_, region) => region * classes + label);
    for (const place of suppress(corners, values, places, { iou, most, least })) {
      found.push({ place, label });
    }
  }
  const best = found.sort((a, b) => values[b.place] - values[a.place]).slice(0, most);
  const padded = (length: number) => new Float32Array(most * length);
  const [box, score, label] = [padded(4), padded(1), padded(1)];
  best.forEach(({ place, label: own }, i) => {
    box.set(corners.subarray(4 * place, 4 * place + 4), 4 * i);
    score[i] = values[place];
    label[i] = own;
  });
  return {
    boxes: tf.tensor2d(box, [most, 4]),
    scores: tf.tensor1d(score),
    labels: tf.tensor1d(label, "int32"),
    count: tf.scalar(best.length, "int32"),
  };
}
