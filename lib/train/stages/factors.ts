/**
 * Beginning a stage with logits that are multiplied by class.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { Beginning } from "./stage.ts";

/**
 * Gives the layer `scaledLogits()` of a network other factors, for instance inverse image frequencies in the place of
 * the ones that it stood at while features were learned.
 *
 * @param part Name of that layer.
 * @param factors One for each class.
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { iifWeights } from "../../losses/mod.ts";
 *
 * assertEquals(setFactors("iif", iifWeights([90, 10])).about, "factors of iif set, one for each class");
 * ```
 */
export function setFactors(part: string, factors: readonly number[]): Beginning {
  return {
    about: `factors of ${part} set, one for each class`,
    change: () => ({
      state: new Map([[`${part}/factors`, tf.tensor1d([...factors], "float32")]]),
    }),
  };
}
