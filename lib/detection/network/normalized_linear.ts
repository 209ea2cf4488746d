/**
 * Linear layer over unit vectors.
 *
 * @module
 */
import { expectTensors } from "../../core/tensor_rank.ts";
import { tf } from "../../deps/tfjs.ts";
import { linear } from "../../nn/linear.ts";
import type { Module } from "../../nn/module.ts";
import { startedAt } from "./start.ts";

/** Added to lengths, as in mmdetection. */
const EPSILON = 1e-6;

/**
 * Creates the normalised linear classifier: z_c = τ · x / (‖x‖ + 10⁻⁶) · w_c / (‖w_c‖ + 10⁻⁶) + b_c. Parameters:
 * `weight` `[inputs, units]`, normal of deviation 0.01, and `bias` `[units]`, 0.
 *
 * Source: Wang et al. 2021, Seesaw Loss, section 3.3; as in mmdetection.
 *
 * @param options Number of outputs; temperature τ.
 * @returns The layer, from `[batch, inputs]` to `[batch, units]`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalizedLinear } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const params = { weight: tf.tensor2d([[3, 1], [4, 0]]), bias: tf.zeros([2]) };
 * const { y } = normalizedLinear({ units: 2 }).apply(params, {}, tf.ones([1, 2]), { training: false });
 * assertAlmostEquals(y.dataSync()[0], 19.798972, 1e-5);
 * ```
 */
export function normalizedLinear(
  { units, temperature = 20 }: { readonly units: number; readonly temperature?: number },
): Module {
  return {
    ...startedAt(linear({ units }), 0.01),
    apply(params, _state, x) {
      const { weight, bias } = expectTensors(
        params,
        { weight: 2, bias: 1 },
        "the normalised classifier",
      );
      // The columns are scaled after the product, which is cheaper than scaling the matrix for few rows.
      const lengths = weight.square().sum(0).maximum(1e-24).sqrt().add(EPSILON);
      const sizes = x.square().sum(1, true).maximum(1e-24).sqrt().add(EPSILON);
      const cosines = tf.matMul(x.div<tf.Tensor2D>(sizes), weight).div(lengths);
      return { y: cosines.mul(temperature).add(bias), state: {} };
    },
  };
}
