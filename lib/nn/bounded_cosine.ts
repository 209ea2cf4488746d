/**
 * Classifier of features of bounded length.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRank, expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { unitVectors } from "../engine/ops/mod.ts";
import { normalTensor } from "./initialise.ts";
import type { Module } from "./module.ts";

/** Options of {@linkcode boundedCosine}. */
export interface BoundedCosineOptions {
  /** Number of classes. */
  readonly units: number;
  /**
   * Upper bound of the length of features, above 0.
   *
   * @default {16}
   */
  readonly scale?: number;
}

/**
 * Computes scale · x / (1 + ‖x‖) · w / ‖w‖: logits that grow with the length of the features, bounded by the scale.
 * The head for the smooth form of inverse image frequency. The parameter `weight` is `[channels, classes]`.
 *
 * Source: Alexandridis et al. 2023, Inverse Image Frequency for Long-Tailed Image Recognition, and its authors' code.
 *
 * @param options Classes, scale.
 * @returns The layer, from `[batch, channels]` to `[batch, classes]`.
 * @throws {RangeError} If the scale is not above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { boundedCosine } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = boundedCosine({ units: 1 });
 * const params = { weight: tf.tensor2d([[5], [0]]) };
 * const { y } = layer.apply(params, {}, tf.tensor2d([[3, 4]]), { training: true });
 * assertAlmostEquals(y.dataSync()[0], 16 * 3 / 6, 1e-5);
 * ```
 */
export function boundedCosine({ units, scale = 16 }: BoundedCosineOptions): Module {
  expectRange("above 0", { scale });
  return {
    init(rng, inputShape) {
      const [channels] = inputShape;
      const deviation = Math.sqrt(2 / channels);
      return {
        params: { weight: normalTensor(rng.fork("weight"), [channels, units], deviation) },
        state: {},
        outputShape: [units],
      };
    },
    apply(params, _state, x) {
      const { weight } = expectTensors(params, { weight: 2 }, "boundedCosine");
      // Clamped, because the gradient of the norm is NaN at 0.
      const length = x.square().sum(1, true).maximum(1e-24).sqrt();
      const bounded = expectRank(x, 2, "features").mul(tf.div(scale, length.add(1)));
      return { y: tf.matMul(bounded, unitVectors(weight, 0)), state: {} };
    },
  };
}
