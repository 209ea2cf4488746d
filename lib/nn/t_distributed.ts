/**
 * Logits of a t-distribution on the sphere.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRank, expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { Module } from "./module.ts";

/** Options of {@linkcode tDistributedLogits} and {@linkcode tDistributed}. */
export interface TDistributedOptions {
  /**
   * κ: concentration of the distribution of a class around its weight, above 0.
   *
   * @default {16}
   */
  readonly kappa?: number;
}

/**
 * Computes (1 + softplus(a)) · 2 / (1 + κ · (1 − cos)): a heavy-tailed similarity, which limits how far features of
 * rare classes are pushed away.
 *
 * **A reconstruction**: the paper's formula was not available; this follows a later paper by its first author.
 *
 * Source: after Yang et al. 2023, T-Distributed Spherical Feature Representation for Imbalanced
 * Classification.
 *
 * @param cosines Cosines of features and class weights, `[batch, classes]`.
 * @param a Learned sharpness, a scalar; initialised to 0.
 * @param options κ.
 * @returns Logits, `[batch, classes]`, increasing with the cosine; differentiable in cosines and sharpness.
 * @throws {RangeError} If κ is not above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { tDistributedLogits } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const [best] = tDistributedLogits(tf.tensor2d([[1, 0]]), tf.scalar(0)).dataSync();
 * assertAlmostEquals(best, 2 * (1 + Math.log(2)), 1e-6);
 * ```
 */
export function tDistributedLogits(
  cosines: tf.Tensor2D,
  a: tf.Scalar,
  options: TDistributedOptions = {},
): tf.Tensor2D {
  const kappa = expectKappa(options);
  const similarity = tf.div(2, tf.sub(1, cosines).mul(kappa).add(1));
  return similarity.mul(a.softplus().add(1));
}

/**
 * Applies {@linkcode tDistributedLogits} after a cosine head, with the learned parameter `sharpness`.
 *
 * @param options κ.
 * @returns The layer, from cosines `[batch, classes]` to logits.
 * @throws {RangeError} If κ is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine } from "@nbn/toolkit/engine";
 * import { tDistributed } from "@nbn/toolkit/nn";
 *
 * await engine();
 * assertEquals(Object.keys(tDistributed().init(rng(0), [10]).params), ["sharpness"]);
 * ```
 */
export function tDistributed(options: TDistributedOptions = {}): Module {
  expectKappa(options);
  return {
    init: (_rng, inputShape) => ({
      params: { sharpness: tf.scalar(0) },
      state: {},
      outputShape: [...inputShape],
    }),
    apply(params, _state, x) {
      const { sharpness } = expectTensors(params, { sharpness: 0 }, "tDistributed");
      return { y: tDistributedLogits(expectRank(x, 2, "cosines"), sharpness, options), state: {} };
    },
  };
}

function expectKappa({ kappa = 16 }: TDistributedOptions): number {
  expectRange("above 0", { kappa });
  return kappa;
}
