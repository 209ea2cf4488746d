/**
 * Weight decay, as part of the gradient or decoupled from it.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { ElementwiseTransform } from "./transform.ts";

/**
 * Weight decay as part of the gradient, as in PyTorch's SGD: d ← d + λ·w. Before momentum it is L2 regularisation.
 *
 * @param lambda Weight decay (λ), at least 0; with 0 the link changes nothing.
 * @param applies Selects the parameters that decay, by path (`stage3/block4/bn2/weight`); by default all of them.
 * @returns The link.
 * @throws {RangeError} If λ is negative or not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { weightDecay } from "@nbn/toolkit/optim";
 *
 * assertEquals(weightDecay(5e-4).description, { weightDecay: 5e-4 });
 * ```
 */
export function weightDecay(
  lambda: number,
  applies?: (path: string) => boolean,
): ElementwiseTransform {
  return {
    ...decayLink(lambda, applies),
    apply: ({ value, step }) => ({ value, step: step.add(value.mul(lambda)) }),
  };
}

/**
 * Weight decay decoupled from the gradient, as in PyTorch's AdamW: w ← w − η·λ·w.
 *
 * Source: Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization.
 *
 * @param lambda Weight decay (λ), at least 0; with 0 the link changes nothing.
 * @param applies Selects the parameters that decay, by path; by default all of them.
 * @returns The link.
 * @throws {RangeError} If λ is negative or not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decoupledWeightDecay } from "@nbn/toolkit/optim";
 *
 * const link = decoupledWeightDecay(0.01, (path) => path.endsWith("/weight"));
 * assertEquals(link.applies!("head/bias"), false);
 * ```
 */
export function decoupledWeightDecay(
  lambda: number,
  applies?: (path: string) => boolean,
): ElementwiseTransform {
  return {
    ...decayLink(lambda, applies),
    apply: ({ value, step }, { rate }) => ({ value: value.sub(value.mul(rate.mul(lambda))), step }),
  };
}

function decayLink(lambda: number, applies?: (path: string) => boolean) {
  expectRange("at least 0", { weightDecay: lambda });
  return {
    kind: "elementwise",
    description: { weightDecay: lambda },
    applies: lambda === 0 ? () => false : applies,
  } as const;
}
