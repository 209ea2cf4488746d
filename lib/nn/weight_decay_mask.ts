/**
 * Selection of the parameters that weight decay applies to.
 *
 * @module
 */

/** Options of {@linkcode weightDecayMask}. */
export interface WeightDecayMaskOptions {
  /**
   * Whether weight decay applies to NBN magnitudes, as in the paper's code.
   *
   * @default {true}
   */
  magnitude?: boolean;
  /**
   * Whether weight decay applies to weights and biases of norm layers: parts named `bn`, `norm`, `nbn` or `added`,
   * with or without a number.
   *
   * @default {true}
   */
  norms?: boolean;
  /**
   * Whether weight decay applies to biases of other layers.
   *
   * @default {true}
   */
  biases?: boolean;
}

/**
 * Creates the optimizer's `decay` argument. By default, weight decay applies to all parameters, as in PyTorch's SGD.
 *
 * @param options Kinds of parameters that weight decay applies to.
 * @returns Whether weight decay applies to the parameter at a path.
 *
 * @example
 * ```ts
 * import { assert, assertFalse } from "@std/assert";
 * import { weightDecayMask } from "@nbn/toolkit/nn";
 *
 * const decay = weightDecayMask({ magnitude: false });
 * assertFalse(decay("nbn/magnitude"));
 * assert(decay("stage1/block1/bn1/weight"));
 * ```
 */
export function weightDecayMask(
  { magnitude = true, norms = true, biases = true }: WeightDecayMaskOptions = {},
): (path: string) => boolean {
  return (path) => {
    const names = path.split("/"), last = names.pop()!;
    if (/^(magnitude|weightMagnitude|biasMagnitude)$/.test(last)) return magnitude;
    if (/^(bn|norm|nbn|added)\d*$/.test(names.pop() ?? "")) return norms;
    return last === "bias" ? biases : true;
  };
}
