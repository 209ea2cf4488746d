/**
 * Networks by name, for recipes to put their parts into.
 *
 * @module
 */
import type { Augmentation } from "../../data/augment/mod.ts";
import type { Fit } from "../../data/dataset.ts";
import type { ClassifierOptions } from "../../nn/classifier.ts";
import type { ExpertsOptions } from "../../nn/experts.ts";
import type { Norm } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import { resnet, resnext50 } from "../../nn/resnet.ts";
import { resnetCifar } from "../../nn/resnet_cifar.ts";

/** What a recipe puts into a network. */
export interface Pieces extends ClassifierOptions {
  /** Makes the norm layers. */
  readonly norm?: Norm;
  /** Experts, where it has several. */
  readonly experts?: ExpertsOptions;
}

/** A network, and how images come to it. */
export interface Architecture {
  /**
   * Builds the network.
   *
   * @param pieces What a recipe puts into it.
   * @param width Factor on its channels, where it has one.
   */
  readonly build: (pieces: Pieces, width?: number) => Network;
  /** Whether it has one. */
  readonly hasWidth: boolean;
  /** Height and width of images from disk. */
  readonly size: number;
  /** How images from disk come to that size for evaluation. */
  readonly fit: Fit;
  /** How images are changed at random, where that goes with the network rather than with the data set. */
  readonly augment?: readonly Augmentation[];
}

/** Random-resized crop, flip and colour jitter, as the field trains on images of ImageNet's kind. */
const LARGE_AUGMENT: readonly Augmentation[] = [
  { name: "random-resized-crop" },
  { name: "flip" },
  { name: "color-jitter" },
];

const large = (build: (pieces: Pieces) => Network): Architecture => ({
  build: (pieces) => build(pieces),
  hasWidth: false,
  size: 224,
  fit: "centre-crop",
  augment: LARGE_AUGMENT,
});
const small = (depth: number): Architecture => ({
  build: (pieces, width) => resnetCifar({ depth, width, ...pieces }),
  hasWidth: true,
  size: 32,
  fit: "stretch",
});

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

/** Networks by the name that they give themselves. */
export const NETWORKS: Readonly<Record<NetworkName, Architecture>> = {
  resnet8: small(8),
  resnet20: small(20),
  resnet32: small(32),
  resnet56: small(56),
  resnet110: small(110),
  resnet18: large((pieces) => resnet({ depth: 18, ...pieces })),
  resnet34: large((pieces) => resnet({ depth: 34, ...pieces })),
  resnet50: large((pieces) => resnet({ depth: 50, ...pieces })),
  resnet101: large((pieces) => resnet({ depth: 101, ...pieces })),
  resnet152: large((pieces) => resnet({ depth: 152, ...pieces })),
  "resnext50-32x4d": large(resnext50),
};

/**
 * Whether a network has a name here, so that it can be built from it.
 *
 * @param name For instance what a run's `config.json` says.
 * @returns Whether {@linkcode NETWORKS} has it.
 */
export function isNetworkName(name: string | undefined): name is NetworkName {
  return name !== undefined && Object.hasOwn(NETWORKS, name);
}
