/**
 * Linear layers: the plain one and the cosine-normalised one.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { normalTensor, uniformTensor } from "./initialise.ts";
import type { Module } from "./module.ts";

/** Options of {@linkcode linear}. */
export interface LinearOptions {
  /** Number of outputs: classes, in a head. */
  units: number;
  /**
   * Whether a bias is added. A cosine layer has none.
   *
   * @default {true}
   */
  bias?: boolean;
  /**
   * Whether inputs and weights are brought to length 1, so that outputs are cosines (LDAM's head).
   *
   * @default {false}
   */
  cosine?: boolean;
  /**
   * How weights start: `"pytorch"` as in PyTorch's `nn.Linear`, uniform from −1/√inputs to 1/√inputs, the bias too;
   * `"he"` normal with variance 2 / inputs (He et al. 2015), the bias at 0, as in LDAM's code. Those of a cosine layer
   * start as columns of length 1 either way, as in LDAM's.
   *
   * @default {"pytorch"}
   */
  start?: "pytorch" | "he";
}

/**
 * y = x · W + b, or the cosines between x and the columns of W. Parameters: `weight` `[inputs, units]`,
 * `bias` `[units]`.
 *
 * @param options Units, bias, cosine, how weights start.
 * @returns The layer, from `[batch, inputs]` to `[batch, units]`.
 * @throws {RangeError} If the start has no such name; when initialised, if inputs are not vectors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
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
          `Expected a linear layer to get [inputs] but found [${inputShape}]: pool or flatten first`,
        );
      }
      const shape = [inputShape[0], units], bound = 1 / Math.sqrt(inputShape[0]);
      const random = rng.fork("weight");
      const weight = cosine
        ? tf.tidy(() => unitLength(uniformTensor(random, shape, 1) as tf.Tensor2D, 0))
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
      const weight = params.weight as tf.Tensor2D;
      const product = cosine
        ? tf.matMul(unitLength(x as tf.Tensor2D, 1), unitLength(weight, 0))
        : tf.matMul(x as tf.Tensor2D, weight);
      return { y: bias ? product.add(params.bias as tf.Tensor1D) : product, state: {} };
    },
  };
}

/** Vectors along an axis brought to length 1; a vector of zeros stays. */
function unitLength(x: tf.Tensor2D, axis: number): tf.Tensor2D {
  return x.mul(x.square().sum(axis, true).maximum(1e-24).rsqrt()) as tf.Tensor2D;
}
