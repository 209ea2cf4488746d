/**
 * Which parameters weight decay shrinks.
 *
 * @module
 */

/** Options of {@linkcode weightDecayMask}. */
export interface WeightDecayMaskOptions {
  /**
   * Whether magnitudes of NBN decay; in the paper's code they do.
   *
   * @default {true}
   */
  magnitude?: boolean;
  /**
   * Whether weights and biases of norm layers decay: parts named `bn`, `norm`, `nbn`, with or without a
   * number, and what is added behind them.
   *
   * @default {true}
   */
  norms?: boolean;
  /**
   * Whether biases of other layers decay.
   *
   * @default {true}
   */
  biases?: boolean;
}

/**
 * Makes the optimizer's `decay` argument. With the defaults everything decays, as with PyTorch's SGD.
 *
 * @param options What decays.
 * @returns Whether the parameter at a path decays.
 *
 * @example
 * ```ts
 * import { assert, assertFalse } from "@std/assert";
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
