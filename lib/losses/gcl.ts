/**
 * Gaussian-clouded logit adjustment.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, oneHot, randomNormal, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts } from "./counts.ts";
import { focalFactor } from "./focal.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode gcl}. */
export interface GclOptions {
  /**
   * Factor on the cosines, above 0.
   *
   * @default {30; stage 2: 20}
   */
  readonly scale?: number;
  /**
   * Size of the cloud around the rarest class's cosine, at least 0.
   *
   * @default {0.5}
   */
  readonly noise?: number;
  /**
   * Margin subtracted from the true class's cosine, at least 0.
   *
   * @default {0; stage 2: 0.1}
   */
  readonly margin?: number;
  /**
   * γ of the focal factor (1 − p)^γ, at least 0; no gradient flows through it, as in the authors' code.
   *
   * @default {0, none; stage 2: 1}
   */
  readonly gamma?: number;
}

/**
 * Cross-entropy of s · (cos − noise · |ε| · δ_c), with δ_c = (log n_max − log n_c)/(log n_max − log n_min)
 * and ε normal with deviation 1/3, clipped to ±1, drawn for each image and class: the rarer a class, the
 * larger the cloud in which its features are spread.
 *
 * The logits must be cosines from −1 to 1: a network with the `cosine` head. With `logitsRectification()`, use scale 1. The loss draws
 * random numbers, so its context must hold a `seed`.
 *
 * Source: Li et al. 2022, Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment; constants
 * from its authors' code, which trains a head in a second stage with scale 20, margin 0.1, γ 1 and
 * class-balanced images.
 *
 * @param counts Training images of each class.
 * @param options Scale, noise, margin, γ.
 * @returns The loss; it uses `"seed"`.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range.
 * @throws {TypeError} When called, if the context holds no seed.
 *
 * @example Without noise it is cross-entropy of scaled cosines
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { gcl } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const seed = tf.tensor1d([0, 0], "int32");
 * const loss = gcl([90, 10], { noise: 0, scale: 1 });
 * const value = loss(tf.tensor2d([[0, 0]]), tf.tensor1d([0], "int32"), { progress: 0, seed });
 * assertAlmostEquals(value.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function gcl(
  counts: readonly number[],
  { scale = 30, noise = 0.5, margin = 0, gamma = 0 }: GclOptions = {},
): Loss {
  expectCounts(counts);
  expectRange("above 0", { scale });
  expectRange("at least 0", { noise, margin, gamma });
  const clouds = rarities(counts).map((rarity) => noise * rarity);
  const loss: Loss = (logits, labels, context) => {
    expectBatch(logits, labels, counts.length);
    const drawn = randomNormal(logits.shape, inputOf(context, "seed", "gcl")).div(3)
      .clipByValue(-1, 1);
    const clouded = logits.sub(drawn.abs().mul(tf.tensor1d(clouds)));
    const moved: tf.Tensor2D = clouded.sub(oneHot(labels, counts.length).mul(margin)).mul(scale);
    const losses = sparseSoftmaxCrossEntropy(moved, labels);
    return losses.mul(detached(focalFactor(losses, gamma))).mean();
  };
  return Object.assign(loss, { uses: ["seed"] as const });
}

/**
 * Computes β of each class for effective-number sampling in GCL's second stage: 0.9999 + 1e-5 · δ_c.
 *
 * Source: Li et al. 2022, Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment.
 *
 * @param counts Training images of each class.
 * @returns One β for each class, for `effectiveNumberWeights`.
 * @throws {RangeError} If a count is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gclBetas([100, 1]), [0.9999, 0.99991]);
 * ```
 */
export function gclBetas(counts: readonly number[]): number[] {
  expectCounts(counts);
  return rarities(counts).map((rarity) => 0.9999 + 1e-5 * rarity);
}

/** (log n_max − log n)/(log n_max − log n_min) of each class: 0 for the largest class, 1 for the smallest. */
function rarities(counts: readonly number[]): number[] {
  const max = Math.log(Math.max(...counts)), min = Math.log(Math.min(...counts));
  return counts.map((count) => max > min ? (max - Math.log(count)) / (max - min) : 0);
}
