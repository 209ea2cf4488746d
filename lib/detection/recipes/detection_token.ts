/**
 * Tokens of detection recipes: what each kind contributes to a detector.
 *
 * @module
 */
import type { Norm } from "../../nn/module.ts";
import type { Token } from "../../recipes/token.ts";
import type { RegionLoss } from "../losses/region_loss.ts";
import type { MaskRcnnOptions } from "../mask_rcnn/mask_rcnn_options.ts";
import type { Detector } from "../mask_rcnn/detector.ts";

/** What a loss is made from. */
export interface RegionLossSetting {
  /** Number of classes. */
  readonly classes: number;
  /** Share of the annotated training images that show each class, from 0 to 1. */
  readonly shares: readonly number[];
  /** Share below which the data set counts a class as not frequent. */
  readonly threshold: number;
}

/** The detector itself. */
export interface DetectorToken extends Token {
  /** Discriminates the kinds. */
  readonly kind: "detector";
  /** Creates the detector. */
  detector(options: MaskRcnnOptions): Detector;
}

/** The loss of the classifier. */
export interface RegionLossToken extends Token {
  /** Discriminates the kinds. */
  readonly kind: "loss of regions";
  /** Creates the loss. */
  loss(setting: RegionLossSetting): RegionLoss;
}

/** The norm layers of the backbone. */
export interface BackboneNormToken extends Token {
  /** Discriminates the kinds. */
  readonly kind: "norm of the backbone";
  /** Creates the norm layers. */
  norm(): Norm;
}

/** How images are drawn. */
export interface ImageSamplingToken extends Token {
  /** Discriminates the kinds. */
  readonly kind: "sampling of images";
  /** How often images of rare classes are drawn; the data set says which classes are rare. */
  readonly rounding: "random" | "up";
}

/** A token of any kind. */
export type DetectionToken =
  | DetectorToken
  | RegionLossToken
  | BackboneNormToken
  | ImageSamplingToken;

/** The kinds, in the order of a recipe's name. */
export const DETECTION_KINDS: readonly DetectionToken["kind"][] = [
  "detector",
  "loss of regions",
  "norm of the backbone",
  "sampling of images",
];
