/**
 * Tokens for terms that are added to the loss.
 *
 * @module
 */
import { type AnyLoss, varianceRegularized } from "../losses/mod.ts";
import type { Token, Tokens } from "./token.ts";

/** A term that is added to the loss. */
export interface RegularizationToken extends Token {
  /** Returns the loss with the term added. */
  readonly regularize: (loss: AnyLoss) => AnyLoss;
}

/** The paper does not report its two values of λ, so the tokens are only a starting grid. */
const variance = (lambda: number): RegularizationToken => ({
  about: `the variance of BN's Weight and Bias in the last stage times ${lambda}`,
  functions: ["varianceRegularized"],
  source: "the paper, Table IV",
  regularize: (loss) => varianceRegularized(loss, { lambda }),
  refuses: { "replace-ln": "it needs BN there", "replace-in": "it needs BN there" },
});

/** Every such term by its token. */
export const REGULARIZATIONS: Tokens<RegularizationToken> = {
  "variance-0.01": variance(0.01),
  "variance-0.1": variance(0.1),
  "variance-1": variance(1),
};
