/**
 * Type of the tokens for losses.
 *
 * @module
 */
import type { LossDescription } from "../../losses/description.ts";
import type { Stage } from "../../loop/stages/stage.ts";
import type { Module } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import type { DataSetProperties, Length } from "../data_sets/properties.ts";
import type { Backbone, NetworkPieces } from "../networks.ts";
import type { StageSetting } from "../recipe.ts";
import type { Reasons, Token } from "../token.ts";

/** A loss and the changes to network and first stage that it needs. */
export interface LossToken
  extends Token, Pick<LossDescription, "loss" | "smooths" | "weighted" | "soft"> {
  /** The kind of these tokens. */
  readonly kind: "loss";
  /**
   * Classifier that it needs.
   *
   * @default {"linear"}
   */
  readonly head?: (classes: number) => "cosine" | Module;
  /** Replacements after LR for a loss on scaled cosines: losses on plain logits with a scale of 1. */
  readonly rectified?: Pick<LossToken, "loss" | "weighted">;
  /** Modules by name that compute logits from the classifier's output; applied before LR. */
  readonly similarity?: () => Readonly<Record<string, Module>>;
  /** Modules by name that change logits in training and at test time; applied after LR. */
  readonly adjustment?: (counts: readonly number[]) => Readonly<Record<string, Module>>;
  /** Builds the network, if it is not one classifier after all stages. */
  readonly backbone?: (
    plain: (pieces: NetworkPieces) => Network,
    pieces: NetworkPieces,
    counts: readonly number[],
  ) => Network;
  /** Extends the network that was composed of a backbone. */
  readonly extend?: (network: Network, backbone: Backbone) => Network;
  /**
   * Returns the number of steps and the batch size.
   *
   * @default {those of the data set}
   */
  readonly length?: (dataSet: DataSetProperties) => Length | undefined;
  /** Returns overrides for the first stage. */
  readonly first?: (setting: StageSetting) => Partial<Stage>;
}

/** Makes the classifier of a loss on cosines. */
export const cosine = (): "cosine" => "cosine";

/** Source that losses on cosines follow. */
export const PLAIN_BEHIND_LR =
  "with `lr` the paper's code: a linear head and a scale of 1, since LR removes the range of cosines times 30";

/**
 * Returns the scale that a loss applies to logits: 30 for cosines, 1 for plain logits and for all losses after LR.
 *
 * @param loss The loss.
 * @returns 30 or 1.
 */
export function scaleOf({ head, similarity }: LossToken): number {
  return head === cosine && !similarity ? 30 : 1;
}

/**
 * Adapts a loss for use after LR. LR standardises logits, so the scale of 30 would no longer apply to cosines in
 * [-1, 1]: the head is linear instead and the scale 1, as in the paper's code.
 *
 * @param token The loss.
 * @returns The same loss, or its variant for standardised logits.
 */
export function behindLr(token: LossToken): LossToken {
  return token.rectified ? { ...token, ...token.rectified, head: undefined } : token;
}

/**
 * Returns what a loss does not support, which follows from its definition.
 *
 * @param loss The loss.
 * @returns Reasons by property.
 */
export function unsupported(
  { loss, head, weighted, soft, similarity, adjustment }: LossToken,
): Reasons {
  const made = loss([2, 1]);
  const foreign = made.uses?.find((input) => input !== "seed");
  return {
    ...(typeof made === "function"
      ? {}
      : { "mixed images": "has a state, which follows the one label of each image" }),
    ...(head ? { "linear classifier": "has none" } : {}),
    ...(weighted ? {} : { "class weights": "accepts no weights" }),
    ...(soft ? {} : { "soft targets": "accepts one label per image" }),
    ...(foreign ? { "logits only": `uses ${foreign}, not only logits` } : {}),
    ...(similarity || adjustment
      ? { "plain logits": "computes logits from the classifier's output" }
      : {}),
  };
}
