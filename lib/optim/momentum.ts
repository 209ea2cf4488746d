/**
 * Momentum of the steps of an optimizer.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { ElementwiseTransform } from "./transform.ts";

/** Options of {@linkcode momentum}. */
export interface MomentumOptions {
  /**
   * Whether to use Nesterov momentum.
   *
   * @default {false}
   */
  readonly nesterov?: boolean;
}

/**
 * Momentum as in PyTorch: the velocity is v ← μ·v + d for the step d, and becomes the step (Nesterov: d + μ·v). It is
 * kept in the slot `velocity` and starts at 0, so that the first step follows the gradient.
 *
 * @param coefficient Momentum (μ), in [0, 1); with 0 the link changes nothing.
 * @param options Nesterov.
 * @returns The link.
 * @throws {RangeError} If the coefficient is out of range, or Nesterov is used without momentum.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { momentum } from "@nbn/toolkit/optim";
 *
 * assertEquals(momentum(0.9).slots, ["velocity"]);
 * ```
 */
export function momentum(
  coefficient: number,
  { nesterov = false }: MomentumOptions = {},
): ElementwiseTransform {
  expectRange("at least 0 and below 1", { momentum: coefficient });
  if (nesterov && coefficient === 0) {
    throw new RangeError("Expected Nesterov to have a momentum above 0 but found 0");
  }
  return {
    kind: "elementwise",
    description: { momentum: coefficient, nesterov },
    applies: coefficient === 0 ? () => false : undefined,
    slots: ["velocity"],
    apply({ value, step }, { slots }) {
      const velocity = slots.velocity.mul(coefficient).add(step);
      return {
        value,
        step: nesterov ? step.add(velocity.mul(coefficient)) : velocity,
        slots: { velocity },
      };
    },
  };
}
