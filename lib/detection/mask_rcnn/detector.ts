/**
 * The interface of detectors.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import type { RegionLoss } from "../losses/region_loss.ts";
import type { DetectionBatch, ImageBatch } from "./batch.ts";
import type { Detections, DetectOptions } from "./detect.ts";

/** Losses of a batch, scalars. */
export type DetectionLosses = {
  /** Objectness of anchors. */
  readonly objectness: tf.Scalar;
  /** Boxes of anchors. */
  readonly anchors: tf.Scalar;
  /** Classes of regions. */
  readonly classes: tf.Scalar;
  /** Boxes of regions. */
  readonly boxes: tf.Scalar;
  /** Masks of regions. */
  readonly masks: tf.Scalar;
};

/** A detector. */
export interface Detector {
  /** Name for logs and checkpoints. */
  readonly name: string;
  /** Loss of the classifier. */
  readonly loss: RegionLoss;
  /**
   * Creates parameters and state: `backbone`, `fpn`, `rpn`, `box`, `mask`; the state holds the running statistics under
   * `backbone` and the state of the loss under `loss`.
   */
  init(seed: number): { params: Params; state: Params };
  /** Whether a parameter, by its path, is not trained. */
  isFrozen(path: string): boolean;
  /**
   * Computes the losses of a batch; can be traced and differentiated.
   *
   * @param params Parameters.
   * @param state Running statistics and state of the loss.
   * @param batch Images and objects.
   * @param seed Shape `[2]`, int32, different in every step; the samples depend on it.
   * @returns The losses, whose sum is to be minimised, and the new state.
   */
  losses(
    params: Params,
    state: Params,
    batch: DetectionBatch,
    seed: tf.Tensor1D,
  ): { losses: DetectionLosses; state: Params };
  /**
   * Detects objects; can be traced.
   *
   * @param params Parameters.
   * @param state Running statistics and state of the loss.
   * @param batch Images.
   * @param options Scores, overlaps, numbers.
   * @returns Detections, padded to a fixed number for each image.
   */
  detect(params: Params, state: Params, batch: ImageBatch, options?: DetectOptions): Detections;
}
