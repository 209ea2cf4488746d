/**
 * Networks by name, with parts chosen by recipes.
 *
 * @module
 */
import type { Augmentation } from "../data/augment/mod.ts";
import type { ResizeMode } from "../data/dataset.ts";
import type { ClassifierOptions } from "../nn/classifier.ts";
import type { ExpertsOptions } from "../nn/experts.ts";
import type { Norm } from "../nn/module.ts";
import type { Network } from "../nn/network.ts";
import { resnet, resnext50 } from "../nn/resnet.ts";
import { resnetCifar } from "../nn/resnet_cifar.ts";

/** Parts of a network that a recipe chooses. */
export interface NetworkPieces extends ClassifierOptions {
  /**
   * Makes the norm layers.
   *
   * @default {batch norm}
   */
  readonly norm?: Norm;
  /** Whether its convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
  /** Its experts, if it has several. */
  readonly experts?: ExpertsOptions;
}

/** A network and the preprocessing of its images. */
export interface Architecture {
  /**
   * Builds the network.
   *
   * @param pieces Parts that a recipe chooses.
   * @param width Multiplier of its channels, if supported.
   */
  readonly build: (pieces: NetworkPieces, width?: number) => Network;
  /** Whether it supports a `width`. */
  readonly hasWidth: boolean;
  /** Whether its residual blocks are bottlenecks, so that its embedding has 2048 channels. */
  readonly bottlenecks: boolean;
  /** Height and width of images from disk. */
  readonly size: number;
  /** How images from disk are resized for evaluation. */
  readonly fit: ResizeMode;
  /** Random augmentation of training images, if set by the network rather than the data set. */
  readonly augment?: readonly Augmentation[];
}

/** A network whose parts a method chooses. */
export interface Backbone {
  /** Whether its residual blocks are bottlenecks, so that its embedding has 2048 channels. */
  readonly bottlenecks: boolean;
  /** Builds the network, without the modules that are appended to it. */
  build(pieces: NetworkPieces): Network;
}

/** Random-resized crop, flip and colour jitter, as usual for ImageNet. */
const LARGE_AUGMENT: readonly Augmentation[] = [
  { name: "random-resized-crop" },
  { name: "flip" },
  { name: "color-jitter" },
];

const large = (
  build: (pieces: NetworkPieces) => Network,
  { bottlenecks = false } = {},
): Architecture => ({
  build: (pieces) => build(pieces),
  hasWidth: false,
  bottlenecks,
  size: 224,
  fit: "centre-crop",
  augment: LARGE_AUGMENT,
});
const small = (depth: number): Architecture => ({
  build: (pieces, width) => resnetCifar({ depth, width, ...pieces }),
  hasWidth: true,
  bottlenecks: false,
  size: 32,
  fit: "stretch",
});

const BOTTLENECKS = { bottlenecks: true };

/** Name of a network. */
export type NetworkName =
  | "resnet8"
  | "resnet20"
  | "resnet32"
  | "resnet56"
  | "resnet110"
  | "resnet18"
  | "resnet34"
  | "resnet50"
  | "resnet101"
  | "resnet152"
  | "resnext50-32x4d";

/** Networks by their own `name`. */
export const NETWORKS: Readonly<Record<NetworkName, Architecture>> = {
  resnet8: small(8),
  resnet20: small(20),
  resnet32: small(32),
  resnet56: small(56),
  resnet110: small(110),
  resnet18: large((pieces) => resnet({ depth: 18, ...pieces })),
  resnet34: large((pieces) => resnet({ depth: 34, ...pieces })),
  resnet50: large((pieces) => resnet({ depth: 50, ...pieces }), BOTTLENECKS),
  resnet101: large((pieces) => resnet({ depth: 101, ...pieces }), BOTTLENECKS),
  resnet152: large((pieces) => resnet({ depth: 152, ...pieces }), BOTTLENECKS),
  "resnext50-32x4d": large(resnext50, BOTTLENECKS),
};

/**
 * Whether a name belongs to a known network, which can be built from it.
 *
 * @param name For instance from a run's `config.json`.
 * @returns Whether {@linkcode NETWORKS} has it.
 */
export function isNetworkName(name: string | undefined): name is NetworkName {
  return name !== undefined && Object.hasOwn(NETWORKS, name);
}
