/**
 * Adam's scaling of gradients by their running moments.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { expectTensor } from "./optimizer.ts";
import type { ElementwiseTransform } from "./transform.ts";

/** Options of {@linkcode scaleByAdam}. */
export interface ScaleByAdamOptions {
  /**
   * Decay rate of the running mean of the gradient (β₁), in [0, 1).
   *
   * @default {0.9}
   */
  readonly beta1?: number;
  /**
   * Decay rate of the running mean of the squared gradient (β₂), in [0, 1).
   *
   * @default {0.999}
   */
  readonly beta2?: number;
  /**
   * Added to the root of the mean squared gradient for numerical stability (ε), above 0.
   *
   * @default {1e-8}
   */
  readonly epsilon?: number;
}

/**
 * Adam's direction: m ← β₁·m + (1 − β₁)·d and v ← β₂·v + (1 − β₂)·d²; d ← m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) at step t.
 *
 * m and v are the slots `mean` and `square`. 1 − β₁ᵗ and 1 − β₂ᵗ, the sums of the weights in these running means, are
 * the common state `weights`: running means of 1, which avoids the cancellation in 1 − βᵗ.
 *
 * Source: Kingma and Ba 2015, Adam: A Method for Stochastic Optimization, algorithm 1.
 *
 * @param options β₁, β₂, ε.
 * @returns The link.
 * @throws {RangeError} If a number is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scaleByAdam } from "@nbn/toolkit/optim";
 *
 * assertEquals(scaleByAdam().slots, ["mean", "square"]);
 * ```
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}): ElementwiseTransform {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  expectRange("at least 0 and below 1", { beta1, beta2 });
  expectRange("above 0", { epsilon });
  return {
    kind: "elementwise",
    description: { beta1, beta2, epsilon },
    slots: ["mean", "square"],
    common: {
      name: "weights",
      init: () => ({ mean: tf.scalar(0), square: tf.scalar(0) }),
      update(weights) {
        const one = tf.scalar(1), { mean, square } = weightsOf(weights);
        return { mean: running(mean, one, beta1), square: running(square, one, beta2) };
      },
    },
    apply({ value, step }, { slots, common }) {
      const weights = weightsOf(common.weights as Params);
      const mean = running(slots.mean, step, beta1);
      const square = running(slots.square, step.square(), beta2);
      const deviation = square.div(weights.square).sqrt().add(epsilon);
      return { value, step: mean.div(weights.mean).div(deviation), slots: { mean, square } };
    },
  };
}

/** Updates a running mean. */
function running(mean: tf.Tensor, value: tf.Tensor, beta: number): tf.Tensor {
  return mean.mul(beta).add(value.mul(1 - beta));
}

function weightsOf({ mean, square }: Params): { mean: tf.Tensor; square: tf.Tensor } {
  return {
    mean: expectTensor(mean as tf.Tensor, "state", "weights/mean"),
    square: expectTensor(square as tf.Tensor, "state", "weights/square"),
  };
}
