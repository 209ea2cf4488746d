/**
 * τ-normalised classifiers.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { tf } from "../deps/tfjs.ts";

/**
 * Divides a trained classifier's weight vectors by a power of their lengths: w_c / ‖w_c‖^τ. Used without the bias.
 * Frequent classes have longer weight vectors; τ = 0 leaves them unchanged, τ = 1 normalises all to length 1. τ is
 * usually selected from 0 to 2 on validation images.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition.
 *
 * @param weight Shape `[channels, classes]`.
 * @param tau τ, at least 0.
 * @returns Shape `[channels, classes]`; zero vectors are unchanged.
 * @throws {RangeError} If τ is negative or the weight not of rank 2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...tauNorm(tf.tensor2d([[4, 9]]), 0.5).dataSync()], [2, 3]);
 * ```
 */
export function tauNorm(weight: tf.Tensor2D, tau: number): tf.Tensor2D {
  expectRange("at least 0", { tau });
  if (weight.rank !== 2) {
    throw new RangeError(`Expected a weight [channels, classes] but found [${weight.shape}]`);
  }
  const length = weight.square().sum(0, true).maximum(1e-24).sqrt();
  return weight.div(length.pow(tau));
}
