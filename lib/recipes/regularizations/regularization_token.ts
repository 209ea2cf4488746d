/**
 * Type of the tokens for terms that are added to the loss.
 *
 * @module
 */
import type { AnyLoss } from "../../losses/mod.ts";
import type { StageSetting } from "../recipe.ts";
import type { FirstTokens } from "../second_stages/second_stage_token.ts";
import type { Token } from "../token.ts";

/** A term that is added to the loss. */
export interface RegularizationToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "regularisation";
  /**
   * Returns the loss with the term added.
   *
   * @param loss The loss, over all experts if there are several.
   * @param setting Counts, data set.
   * @param tokens Loss and experts of the method.
   */
  regularize(loss: AnyLoss, setting: StageSetting, tokens: FirstTokens): AnyLoss;
}
