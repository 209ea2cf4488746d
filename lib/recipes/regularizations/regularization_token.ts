/**
 * Type of the tokens for terms that are added to the loss.
 *
 * @module
 */
import type { AnyLoss } from "../../losses/mod.ts";
import type { Token } from "../token.ts";

/** A term that is added to the loss. */
export interface RegularizationToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "regularisation";
  /** Returns the loss with the term added. */
  readonly regularize: (loss: AnyLoss) => AnyLoss;
}
