/**
 * Scales the steps of an optimizer by the learning rate.
 *
 * @module
 */
import type { ElementwiseTransform } from "./transform.ts";

/**
 * Multiplies the step by the learning rate: d ← η·d.
 *
 * @returns The link.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scaleByRate } from "@nbn/toolkit/optim";
 *
 * assertEquals(scaleByRate().description, {});
 * ```
 */
export function scaleByRate(): ElementwiseTransform {
  return {
    kind: "elementwise",
    description: {},
    apply: ({ value, step }, { rate }) => ({ value, step: step.mul(rate) }),
  };
}
