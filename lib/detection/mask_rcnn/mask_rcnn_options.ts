/**
 * Options of Mask R-CNN.
 *
 * @module
 */
import type { Network } from "../../nn/network.ts";
import type { AnchorOptions } from "../boxes/anchors.ts";
import type { RoiAlignOptions } from "../boxes/roi_align.ts";
import type { SampleOptions } from "../boxes/sample.ts";
import type { RegionLoss } from "../losses/region_loss.ts";
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
