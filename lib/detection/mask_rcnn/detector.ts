/**
 * The interface of detectors.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import type { Network } from "../../nn/network.ts";
import type { AnchorOptions } from "../boxes/anchors.ts";
import type { RoiAlignOptions } from "../boxes/roi_align.ts";
import type { SampleOptions } from "../boxes/sample.ts";
import type { RegionLoss } from "../losses/region_loss.ts";
import type { DetectionBatch, ImageBatch } from "./batch.ts";
import type { Detections, DetectOptions } from "./detect.ts";
import type { ProposalOptions } from "./proposals.ts";

/** Options of {@linkcode maskRcnn}. */
export interface MaskRcnnOptions {
  /** Backbone with the taps `stage1/block1` … of strides 4, 8, 16, 32, for instance `resnetTrunk({ depth: 50 })`. */
  readonly backbone: Network;
  /** Loss of the classifier, which defines the classes. */
  readonly loss: RegionLoss;
  /**
   * Whether the classifier is normalised.
   *
   * @default {false}
   */
  readonly normalized?: boolean;
  /**
   * Number of stages of the backbone, beside its stem, that are not trained; −1 trains the stem too.
   *
   * @default {1}
   */
  readonly frozenStages?: number;
  /**
   * Whether norms use their running statistics also while training; the usual choice, because batches are small.
   *
   * @default {true}
   */
  readonly fixedStatistics?: boolean;
  /**
   * Channels of the pyramid and of the heads.
   *
   * @default {256}
   */
  readonly channels?: number;
  /**
   * Units of the hidden layers of the box head.
   *
   * @default {1024}
   */
  readonly hidden?: number;
  /** Anchors. */
  readonly anchors?: AnchorOptions;
  /** How features of regions are resampled, besides their size. */
  readonly align?: Omit<RoiAlignOptions, "size">;
  /** Sample of the region proposal network. */
  readonly rpnSample?: SampleOptions;
  /** Sample of the box head. */
  readonly boxSample?: SampleOptions;
  /** Proposals while training. */
  readonly trainingProposals?: ProposalOptions;
  /** Proposals at test. */
  readonly testProposals?: ProposalOptions;
}

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
