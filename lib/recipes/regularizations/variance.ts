/**
 * Tokens `variance-…`.
 *
 * @module
 */
import { varianceRegularized } from "../../losses/mod.ts";
import type { RegularizationToken } from "./regularization_token.ts";

/** The paper does not report its two values of λ, so the tokens are only a starting grid. */
const variance = (lambda: number): RegularizationToken => ({
  kind: "regularisation",
  name: `variance-${lambda}`,
  about: `the variance of BN's Weight and Bias in the last stage times ${lambda}`,
  functions: ["varianceRegularized"],
  source: "the paper, Table IV",
  regularize: (loss) => varianceRegularized(loss, { lambda }),
  refuses: {
    "single loss": "adds a term to the loss",
    "replace-ln": "needs BN there",
    "replace-in": "needs BN there",
    cbn: "needs BN there",
    xerm: "would regularise the teacher alone",
    distilled: "would regularise the teacher alone",
  },
  rows: { "Table IV": "Variance regularization (λ not reported)" },
});

/** Weight 0.01. */
export const variance001 = variance(0.01);

/** Weight 0.1. */
export const variance01 = variance(0.1);

/** Weight 1. */
export const variance1 = variance(1);
