/**
 * Selection of proposals from the predictions of the region proposal network.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { cutOff, rows } from "../../engine/ops/mod.ts";
import { decodeBoxes } from "../boxes/coding.ts";
import { clipBoxes, sidesOf } from "../boxes/corners.ts";
import { nonMaxSuppression } from "../boxes/nms.ts";

/** Options of {@linkcode selectProposals}. */
export interface ProposalOptions {
  /** Maximum number of anchors of each map, the best scored. */
  readonly perLevel: number;
  /** Number of proposals. */
  readonly most: number;
  /** Proposals of a map that overlap a better one by more than this are dropped. */
  readonly iou: number;
}

/** While training. */
export const TRAINING_PROPOSALS: ProposalOptions = { perLevel: 2000, most: 1000, iou: 0.7 };

/** At test. */
export const TEST_PROPOSALS: ProposalOptions = { perLevel: 1000, most: 1000, iou: 0.7 };

/** Predictions for one map and one image. */
export interface LevelPredictions {
  /** Logits of objectness. Shape `[anchors]`. */
  readonly logits: tf.Tensor1D;
  /** Coded boxes. Shape `[anchors, 4]`. */
  readonly code: tf.Tensor2D;
  /** Shape `[anchors, 4]`, corners in pixels. */
  readonly anchors: tf.Tensor2D;
}

/** Proposals of an image, the best scored first, padded to a fixed number. */
export interface Proposals {
  /** Shape `[proposals, 4]`, corners in pixels within the image. */
  readonly boxes: tf.Tensor2D;
  /** 1 for proposals, 0 for padding. Shape `[proposals]`. */
  readonly kept: tf.Tensor1D;
}

/** In place of the score of a box without area: below all logits. */
const NONE = -1e9;

/**
 * Selects proposals: of each map the best scored anchors, moved by their coded boxes and clipped to the image, less
 * those without area and those that overlap a better one; then the best of all maps. No gradient flows back.
 *
 * Source: Lin et al. 2017, Feature Pyramid Networks, section 4.1; as in mmdetection.
 *
 * @param levels Predictions for the maps.
 * @param size Height and width of the image before padding. Shape `[2]`.
 * @param options Numbers and overlap.
 * @returns As many proposals as `most`, or as there are candidates.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const anchors = tf.tensor2d([[0, 0, 9, 9], [0, 0, 9, 10], [20, 0, 40, 9]]);
 * const level = { logits: tf.tensor1d([2, 1, 0]), code: tf.zeros([3, 4]) as tf.Tensor2D, anchors };
 * const { boxes, kept } = selectProposals([level], tf.tensor1d([30, 30]), { perLevel: 9, most: 9, iou: 0.7 });
 * assertEquals([...kept.dataSync()], [1, 1, 0]);
 * assertEquals([...boxes.dataSync()].slice(0, 8), [0, 0, 9, 9, 20, 0, 30, 9]);
 * ```
 */
export function selectProposals(
  levels: readonly LevelPredictions[],
  size: tf.Tensor1D,
  { perLevel, most, iou }: ProposalOptions,
): Proposals {
  const found = levels.map(({ logits, code, anchors }) => {
    const count = Math.min(perLevel, logits.shape[0]);
    const best = tf.topk(cutOff(logits), count);
    const indices = best.indices;
    const moved = decodeBoxes(rows(cutOff(code), indices), rows(anchors, indices));
    const boxes = clipBoxes(moved, size);
    const [left, top, right, bottom] = sidesOf(boxes);
    const isBox = right.greater(left).logicalAnd(bottom.greater(top));
    const scores: tf.Tensor1D = tf.where(isBox, best.values, tf.fill([count], NONE));
    const options = { iou, most: Math.min(most, count), least: NONE / 2 };
    const { indices: own, kept } = nonMaxSuppression(boxes, scores, options);
    const missing: tf.Tensor1D = tf.fill(kept.shape, NONE);
    return {
      boxes: rows(boxes, own),
      scores: tf.where(kept.greater(0), rows(scores, own), missing),
    };
  });
  const scores = tf.concat(found.map(({ scores }) => scores));
  const boxes = tf.concat(found.map(({ boxes }) => boxes));
  const best = tf.topk(scores, Math.min(most, scores.shape[0]));
  return {
    boxes: rows(boxes, best.indices),
    kept: best.values.greater<tf.Tensor1D>(NONE / 2).toFloat(),
  };
}
