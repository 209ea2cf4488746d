/**
 * Linear and cosine-normalised layers.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { unitVectors } from "../engine/ops/mod.ts";
import { normalTensor, uniformTensor } from "./initialise.ts";
import type { Module } from "./module.ts";

/** Options of {@linkcode linear}. */
export interface LinearOptions {
  /** Number of outputs: classes, in a head. */
  units: number;
  /**
   * Whether a bias is added; by default a cosine layer has none.
   *
   * @default {true}
   */
  bias?: boolean;
  /**
   * Whether inputs and weights are normalised to length 1, so that outputs are cosines (LDAM's head).
   *
   * @default {false}
   */
  cosine?: boolean;
  /**
   * Initialisation: `"pytorch"` as in PyTorch's `nn.Linear`, weights and bias uniform between −1/√inputs and
   * 1/√inputs; `"he"` as in LDAM's code, weights normal with variance 2 / inputs (He et al. 2015) and the bias 0. The
   * weights of a cosine layer are initialised to columns of length 1 in both cases, as in LDAM's code.
   *
   * @default {"pytorch"}
   */
  start?: "pytorch" | "he";
}

/**
 * Creates a linear layer: y = x · W + b, or the cosines of x and the columns of W. Parameters: `weight`
 * `[inputs, units]`, `bias` `[units]`.
 *
 * @param options Units, bias, cosine, initialisation.
 * @returns The layer, from `[batch, inputs]` to `[batch, units]`.
 * @throws {RangeError} If `start` is unknown; when initialised, if inputs are not vectors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { linear } from "@nbn/toolkit/nn";
 *
 * assertEquals(linear({ units: 10 }).init(rng(0), [64]).outputShape, [10]);
 * ```
 */
export function linear(
  { units, cosine = false, bias = !cosine, start = "pytorch" }: LinearOptions,
): Module {
  if (start !== "pytorch" && start !== "he") {
    throw new RangeError(`Expected start to be pytorch or he but found ${start}`);
  }
  return {
    init(rng, inputShape) {
      if (inputShape.length !== 1) {
        throw new RangeError(
          `Expected the input of a linear layer to be [inputs] but found [${inputShape}]: pool or flatten first`,
        );
      }
      const shape = [inputShape[0], units], bound = 1 / Math.sqrt(inputShape[0]);
      const random = rng.fork("weight");
      const weight = cosine
        ? tf.tidy(() => unitVectors(expectRank(uniformTensor(random, shape, 1), 2, "weight"), 0))
        : start === "he"
        ? normalTensor(random, shape, Math.SQRT2 * bound)
        : uniformTensor(random, shape, bound);
      const shift = () => uniformTensor(rng.fork("bias"), [units], start === "he" ? 0 : bound);
      return {
        params: { weight, ...(bias ? { bias: shift() } : {}) },
        state: {},
        outputShape: [units],
      };
    },
    apply(params, _state, x) {
      const weight = expectRank(params.weight, 2, "weight of linear");
      const rows = expectRank(x, 2, "the input of a linear layer");
      const product = cosine
        ? tf.matMul(unitVectors(rows, 1), unitVectors(weight, 0))
        : tf.matMul(rows, weight);
      return {
        y: bias ? product.add(expectRank(params.bias, 1, "bias of linear")) : product,
        state: {},
      };
    },
  };
}
