/**
 * Assignment of proposals to annotated objects.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { boxIou } from "./corners.ts";

/** Objects of an image, padded to a fixed number. */
export interface Objects {
  /** Shape `[objects, 4]`, corners in pixels; 0 for padding. */
  readonly boxes: tf.Tensor2D;
  /** 1 for objects, 0 for padding. Shape `[objects]`, float32. */
  readonly present: tf.Tensor1D;
}

/** Options of {@linkcode assign}. */
export interface AssignOptions {
  /** Overlap from which on a proposal belongs to an object. */
  readonly positive: number;
  /** Overlap below which a proposal is background. */
  readonly negative: number;
  /** Overlap from which on the proposals that overlap an object most belong to it. */
  readonly best: number;
}

/** In the region proposal network. */
export const RPN_ASSIGNMENT: AssignOptions = { positive: 0.7, negative: 0.3, best: 0.3 };

/** In the box head. */
export const BOX_ASSIGNMENT: AssignOptions = { positive: 0.5, negative: 0.5, best: 0.5 };

/** An assignment. */
export interface Assignment {
  /** Index of the object; 0 for background. Shape `[proposals]`, int32. */
  readonly object: tf.Tensor1D;
  /** 1 for proposals that belong to an object. Shape `[proposals]`, float32. */
  readonly positive: tf.Tensor1D;
  /** 1 for background. Those between belong to neither. Shape `[proposals]`, float32. */
  readonly negative: tf.Tensor1D;
}

/**
 * Assigns proposals to the object that they overlap most, if they overlap it enough. Besides, every object gets all
 * proposals of its highest overlap; where several objects claim one, the last.
 *
 * Source: Ren et al. 2015, Faster R-CNN, section 3.1.2; ties as in mmdetection.
 *
 * @param proposals Shape `[proposals, 4]`, corners in pixels.
 * @param objects Objects of the image; there may be none.
 * @param options Overlaps.
 * @returns The assignment.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const objects = { boxes: tf.tensor2d([[0, 0, 10, 10]]), present: tf.tensor1d([1]) };
 * const proposals = tf.tensor2d([[0, 0, 10, 9], [0, 0, 10, 5], [50, 50, 60, 60]]);
 * const { positive, negative } = assign(proposals, objects, RPN_ASSIGNMENT);
 * assertEquals([[...positive.dataSync()], [...negative.dataSync()]], [[1, 0, 0], [0, 0, 1]]);
 * ```
 */
export function assign(
  proposals: tf.Tensor2D,
  { boxes, present }: Objects,
  { positive, negative, best }: AssignOptions,
): Assignment {
  const absent = tf.sub(1, present).expandDims(0);
  // Overlaps with padding are −1, below every bound.
  const overlaps = boxIou(proposals, boxes).mul(present.expandDims(0)).sub(absent);
  const most = overlaps.max(1), nearest = overlaps.argMax(1).toFloat();
  const highest = overlaps.max(0, true);
  const claims = overlaps.equal(highest).logicalAnd(highest.greaterEqual(best)).toFloat();
  const order = tf.range(1, boxes.shape[0] + 1).expandDims(0);
  const claimant = claims.mul(order).max(1);
  const claimed = claimant.greater(0).toFloat();
  const near = most.greaterEqual(positive).toFloat();
  const isPositive: tf.Tensor1D = near.maximum(claimed);
  const object: tf.Tensor1D = claimant.sub(1).mul(claimed)
    .add(nearest.mul(tf.sub(1, claimed))).mul(isPositive);
  return {
    object: object.toInt(),
    positive: isPositive,
    negative: most.less(negative).toFloat().mul(tf.sub(1, claimed)),
  };
}
