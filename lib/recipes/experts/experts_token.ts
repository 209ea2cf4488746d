/**
 * Type of the tokens for networks of several experts.
 *
 * @module
 */
import type { Stage } from "../../loop/stages/stage.ts";
import type { AnyLoss } from "../../losses/mod.ts";
import type { Network } from "../../nn/network.ts";
import type { DataSetProperties, Length } from "../data_sets/properties.ts";
import type { LossToken } from "../losses/loss_token.ts";
import type { NetworkPieces } from "../networks.ts";
import type { StageSetting } from "../recipe.ts";
import type { Token } from "../token.ts";

/** Several experts instead of one classifier. */
export interface ExpertsToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "number of experts";
  /**
   * Returns the number of steps and the batch size, or `undefined` for those of the data set.
   *
   * @param dataSet Its number of images.
   */
  length(dataSet: DataSetProperties): Length | undefined;
  /**
   * Makes the network.
   *
   * @param plain Builds a network from pieces.
   * @param pieces The pieces.
   */
  network(plain: (pieces: NetworkPieces) => Network, pieces: NetworkPieces): Network;
  /** Makes the loss over all experts from the loss of a single classifier. */
  loss(single: LossToken, setting: StageSetting): AnyLoss;
  /** Makes the same loss with distillation from a teacher to the mean of all experts. */
  distilled(single: LossToken, setting: StageSetting): AnyLoss;
  /** Returns overrides for the first stage. */
  first(setting: StageSetting): Partial<Stage>;
}
