/**
 * The class-balanced loss.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectCounts } from "./counts.ts";
import { crossEntropy } from "./cross_entropy.ts";
import type { LossDescription } from "./description.ts";
import { focal, sigmoidFocal } from "./focal.ts";
import type { Loss } from "./loss.ts";
import type { Reduction } from "./weighting.ts";

/** Options of {@linkcode classBalancedLoss}. */
export interface ClassBalancedLossOptions {
  /**
   * β, in [0, 1): how fast the benefit of further images of a class diminishes.
   *
   * @default {0.9999, as for CIFAR; iNaturalist 0.999}
   */
  readonly beta?: number;
  /**
   * The loss to weight.
   *
   * @default {"softmax"}
   */
  readonly loss?: "softmax" | "focal" | "sigmoid-focal";
  /**
   * γ of the focal losses.
   *
   * @default {1}
   */
  readonly gamma?: number;
  /**
   * Reduction of the weighted losses; `"mean"`, over the images, is that of the authors.
   *
   * @default {"mean"}
   */
  readonly reduction?: Reduction;
}

/**
 * Computes class weights by the effective number of images: (1 − β)/(1 − β^n), scaled so that their sum is the number
 * of classes.
 *
 * Source: Cui et al. 2019, Class-Balanced Loss Based on Effective Number of Samples, equation 10.
 *
 * @param counts Training images of each class.
 * @param beta β, in [0, 1): at 0 all weights are equal, towards 1 they are ∝ 1/n; one for all classes or one for
 * each.
 * @returns One weight for each class.
 * @throws {RangeError} If a count is not above 0, or β is out of its range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { effectiveNumberWeights } from "@nbn/toolkit/losses";
 *
 * assertEquals(effectiveNumberWeights([500, 5], 0), [1, 1]);
 * ```
 */
export function effectiveNumberWeights(
  counts: readonly number[],
  beta: number | readonly number[],
): number[] {
  expectCounts(counts);
  const betas = typeof beta === "number" ? counts.map(() => beta) : beta;
  if (betas.length !== counts.length) {
    throw new RangeError(
      `Expected ${counts.length} betas, one for each class, but found ${betas.length}`,
    );
  }
  for (const beta of betas) expectRange("at least 0 and below 1", { beta });
  // 1 − β^n, without cancellation where β^n is near 1.
  const raw = counts.map((count, label) =>
    betas[label] === 0 ? 1 : (1 - betas[label]) / -Math.expm1(count * Math.log(betas[label]))
  );
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight * counts.length / sum);
}

/**
 * A loss weighted by the effective number of images of each class.
 *
 * Source: Cui et al. 2019, Class-Balanced Loss Based on Effective Number of Samples, and its authors' code.
 *
 * @param counts Training images of each class.
 * @param options β, the loss to weight, reduction.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { classBalancedLoss, effectiveNumberWeights } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = classBalancedLoss([500, 5])(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * const [, weight] = effectiveNumberWeights([500, 5], 0.9999);
 * assertAlmostEquals(loss.dataSync()[0], weight * Math.log(2), 1e-6);
 * ```
 */
export function classBalancedLoss(
  counts: readonly number[],
  { beta = 0.9999, loss = "softmax", gamma, reduction = "mean" }: ClassBalancedLossOptions = {},
): Loss {
  const weights = effectiveNumberWeights(counts, beta);
  switch (loss) {
    case "softmax":
      return crossEntropy({ weights, reduction });
    case "focal":
      return focal({ weights, gamma, reduction });
    case "sigmoid-focal":
      return sigmoidFocal({ weights, gamma, reduction });
    default:
      throw new RangeError(
        `Expected loss to be softmax, focal or sigmoid-focal but found ${loss}`,
      );
  }
}

/** @ignore Its description. */
classBalancedLoss.description = {
  token: "cb",
  about: "class-balanced loss",
  source: "Cui et al. 2019",
  follows:
    'its authors\' code: the mean over the batch (`reduction: "mean"`); PyTorch divides by the sum of weights ' +
    '(`"weighted-mean"`)',
  loss: (counts) => classBalancedLoss(counts),
} satisfies LossDescription as LossDescription;
