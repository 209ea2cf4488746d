/**
 * Type of the tokens for layers.
 *
 * @module
 */
import type { AnyLoss } from "../../losses/mod.ts";
import type { Module, Norm } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import type { Token } from "../token.ts";

/** A change to the network's norm layers, convolutions, features or logits. */
export interface LayerToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "layer";
  /** Makes the norm layers, for a number of classes; at most one token of a recipe can. */
  readonly norm?: (classes: number) => Norm;
  /** Makes the module before the classifier, for a number of classes; at most one token of a recipe can. */
  readonly refine?: (classes: number) => Module;
  /** Makes the module applied to the logits; at most one token of a recipe can. */
  readonly logits?: () => Module;
  /** Extends the network that has these layers. */
  readonly extend?: (network: Network, counts: readonly number[]) => Network;
  /** Adapts the losses that the extended network is trained with from its start. */
  readonly loss?: (loss: AnyLoss) => AnyLoss;
  /** Whether convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
}
