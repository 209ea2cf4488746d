/**
 * Initialises a stage with logits scaled per class.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { StageHook } from "./stage.ts";

/**
 * Sets the factors of the layer `scaledLogits()`, for instance to inverse image frequencies after a first stage in
 * which all factors were 1.
 *
 * @param part Name of that layer.
 * @param factors One factor per class.
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { iifWeights } from "@nbn/toolkit/losses";
 * import { setLogitFactors } from "@nbn/toolkit/train";
 *
 * assertEquals(setLogitFactors("iif", iifWeights([90, 10])).about, "factors of iif set, one for each class");
 * ```
 */
export function setLogitFactors(part: string, factors: readonly number[]): StageHook {
  return {
    about: `factors of ${part} set, one for each class`,
    change: () => ({
      state: new Map([[`${part}/factors`, tf.tensor1d([...factors], "float32")]]),
    }),
  };
}
