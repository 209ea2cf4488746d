/**
 * Boxes coded relative to other boxes, as a detector predicts them.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { sidesOf } from "./corners.ts";

/** Numbers that the four coded values are divided by: shift in x and y, logarithm of width and height. */
export type CodeDeviations = readonly [number, number, number, number];

/** For the region proposal network. */
export const UNIT_DEVIATIONS: CodeDeviations = [1, 1, 1, 1];

/** For the box head: the usual spread of the coded values. */
export const BOX_DEVIATIONS: CodeDeviations = [0.1, 0.1, 0.2, 0.2];

/** Widths and heights change at most by this factor, in either direction. */
const MOST_GROWTH = 1000 / 16;

/**
 * Codes boxes relative to proposals: dx = (centre − centre of the proposal) / width of the proposal,
 * dw = ln(width / width of the proposal), and likewise for y and height; each divided by its deviation.
 *
 * Source: Girshick et al. 2014, Rich Feature Hierarchies, appendix C; as in mmdetection.
 *
 * @param boxes Shape `[n, 4]`, corners in pixels, of positive width and height.
 * @param proposals Shape `[n, 4]`, of positive width and height.
 * @param deviations What the values are divided by.
 * @returns Shape `[n, 4]`.
 * @throws {RangeError} If the last axis does not have four numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeBoxes } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const code = encodeBoxes(tf.tensor2d([[1, 0, 3, 2]]), tf.tensor2d([[0, 0, 2, 2]]));
 * assertEquals([...code.dataSync()], [0.5, 0, 0, 0]);
 * ```
 */
export function encodeBoxes(
  boxes: tf.Tensor2D,
  proposals: tf.Tensor2D,
  deviations = UNIT_DEVIATIONS,
): tf.Tensor2D {
  const goal = centred(boxes), from = centred(proposals);
  const code = tf.stack([
    goal.x.sub(from.x).div(from.width).div(deviations[0]),
    goal.y.sub(from.y).div(from.height).div(deviations[1]),
    goal.width.div(from.width).log().div(deviations[2]),
    goal.height.div(from.height).log().div(deviations[3]),
  ], 1);
  return expectRank(code, 2, "coded boxes");
}

/**
 * Decodes boxes: the inverse of {@linkcode encodeBoxes}, with widths and heights limited to 62.5 times those of the
 * proposal and to a 62.5th of them.
 *
 * @param code Shape `[n, 4]`.
 * @param proposals Shape `[n, 4]`, corners in pixels.
 * @param deviations What the values were divided by.
 * @returns Shape `[n, 4]`, corners in pixels, not clipped to an image.
 * @throws {RangeError} If the last axis does not have four numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeBoxes } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const boxes = decodeBoxes(tf.tensor2d([[0.5, 0, 0, 0]]), tf.tensor2d([[0, 0, 2, 2]]));
 * assertEquals([...boxes.dataSync()], [1, 0, 3, 2]);
 * ```
 */
export function decodeBoxes(
  code: tf.Tensor2D,
  proposals: tf.Tensor2D,
  deviations = UNIT_DEVIATIONS,
): tf.Tensor2D {
  const from = centred(proposals), most = Math.log(MOST_GROWTH);
  const [dx, dy, dw, dh] = sidesOf(code).map((value, i) => value.mul(deviations[i]));
  const x = from.x.add(dx.mul(from.width)), y = from.y.add(dy.mul(from.height));
  const halfWidth = dw.clipByValue(-most, most).exp().mul(from.width).mul(0.5);
  const halfHeight = dh.clipByValue(-most, most).exp().mul(from.height).mul(0.5);
  const sides = [x.sub(halfWidth), y.sub(halfHeight), x.add(halfWidth), y.add(halfHeight)];
  return expectRank(tf.stack(sides, 1), 2, "boxes");
}

function centred(boxes: tf.Tensor2D) {
  const [left, top, right, bottom] = sidesOf(boxes);
  const width = right.sub(left), height = bottom.sub(top);
  return { x: left.add(width.mul(0.5)), y: top.add(height.mul(0.5)), width, height };
}
