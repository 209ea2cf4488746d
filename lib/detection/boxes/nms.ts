/**
 * Non-maximum suppression.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../../engine/native.ts";
import { rows } from "../../engine/ops/mod.ts";

/** Options of {@linkcode nonMaxSuppression}. */
export interface NmsOptions {
  /** Boxes that overlap a better scored one by more than this intersection over union are dropped. */
  readonly iou: number;
  /** Maximum number of boxes. */
  readonly most: number;
  /**
   * Boxes of this score or less are dropped.
   *
   * @default {−∞}
   */
  readonly least?: number;
}

/** Boxes that are kept, padded to a fixed number. */
export interface KeptBoxes {
  /** Indices of the boxes, the best scored first; 0 after the last. Shape `[most]`, int32. */
  readonly indices: tf.Tensor1D;
  /** 1 for boxes that are kept, 0 for padding. Shape `[most]`, float32. */
  readonly kept: tf.Tensor1D;
}

/**
 * Keeps the best scored box and drops those that overlap it, then the best of the rest, and so on. Of equal scores the
 * first comes first. Not differentiable.
 *
 * @param boxes Shape `[n, 4]`, corners in pixels.
 * @param scores Shape `[n]`.
 * @param options Overlap, number of boxes.
 * @returns Indices, padded to `most`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nonMaxSuppression } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const boxes = tf.tensor2d([[0, 0, 9, 9], [0, 0, 9, 10], [20, 0, 29, 9]]);
 * const { indices, kept } = nonMaxSuppression(boxes, tf.tensor1d([0.5, 0.9, 0.1]), { iou: 0.7, most: 3 });
 * assertEquals([[...indices.dataSync()], [...kept.dataSync()]], [[1, 2, 0], [1, 1, 0]]);
 * ```
 */
export function nonMaxSuppression(
  boxes: tf.Tensor2D,
  scores: tf.Tensor1D,
  { iou, most, least = -Infinity }: NmsOptions,
): KeptBoxes {
  return (isNative() ? native : portable)(boxes, scores, { iou, most, least });
}

/**
 * TensorFlow's operation that suppresses class by class is ten times as fast as the one for a single class, but returns
 * boxes and scores instead of indices. So boxes are scored by their place in the order, from which the index follows.
 */
function native(
  boxes: tf.Tensor2D,
  scores: tf.Tensor1D,
  { iou, most, least }: Required<NmsOptions>,
): KeptBoxes {
  const count = scores.shape[0], number = tf.scalar(most, "int32");
  const order = tf.topk(scores, count), sorted = rows(boxes, order.indices);
  const places = tf.range(count, 0, -1).mul(order.values.greater(least).toFloat());
  const operands = [
    sorted.reshape([1, count, 1, 4]),
    places.reshape([1, count, 1]),
    ...[number, number, tf.scalar(iou), tf.scalar(0)],
  ];
  const found = execute("CombinedNonMaxSuppression", { clip_boxes: false }, operands, 4)[1];
  const kept = found.greater(0).toFloat();
  const place: tf.Tensor1D = tf.sub(count, found).mul(kept).toInt().reshape([most]);
  return {
    indices: rows(order.indices, place).mul(kept.reshape([most]).toInt()),
    kept: kept.reshape([most]),
  };
}

function portable(
  boxes: tf.Tensor2D,
  scores: tf.Tensor1D,
  options: Required<NmsOptions>,
): KeptBoxes {
  const { most } = options, values = scores.dataSync();
  const chosen = suppress(boxes.dataSync(), values, [...values.keys()], options);
  const indices = new Int32Array(most), kept = new Float32Array(most).fill(1, 0, chosen.length);
  indices.set(chosen);
  return { indices: tf.tensor1d(indices, "int32"), kept: tf.tensor1d(kept) };
}

/**
 * Non-maximum suppression in plain JavaScript.
 *
 * @param corners Corners of all boxes, four numbers each.
 * @param scores Score of each box.
 * @param candidates Indices of the boxes that take part.
 * @param options Overlap, number of boxes.
 * @returns Indices of those that are kept, the best scored first.
 */
export function suppress(
  corners: ArrayLike<number>,
  scores: ArrayLike<number>,
  candidates: readonly number[],
  { iou, most, least }: Required<NmsOptions>,
): number[] {
  const order = candidates.filter((i) => scores[i] > least).sort((a, b) => scores[b] - scores[a]);
  const chosen: number[] = [];
  for (const candidate of order) {
    if (chosen.length === most) break;
    if (chosen.every((other) => overlap(corners, candidate, other) <= iou)) chosen.push(candidate);
  }
  return chosen;
}

function overlap(corners: ArrayLike<number>, a: number, b: number): number {
  const side = (box: number, i: number) => corners[4 * box + i];
  const extent = (from: number, to: number) =>
    Math.min(side(a, to), side(b, to)) - Math.max(side(a, from), side(b, from));
  const width = extent(0, 2), height = extent(1, 3);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: number) => (side(box, 2) - side(box, 0)) * (side(box, 3) - side(box, 1));
  return width * height / (area(a) + area(b) - width * height);
}
