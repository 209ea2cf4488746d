/**
 * Equalization losses: rare classes get no suppressing gradients from images of other classes.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { oneHot, randomUniform, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { LossDescription } from "./description.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts, imagesOf } from "./counts.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode eql}. */
export interface EqlOptions {
  /**
   * Probability that a rare class is excluded from the softmax of another class's image, in [0, 1].
   *
   * @default {0.9}
   */
  readonly gamma?: number;
  /**
   * Fraction of the training images below which a class is rare (λ).
   *
   * @default {1 / (2 · classes): 0.05 for CIFAR-10-LT, 0.005 for CIFAR-100-LT}
   */
  readonly threshold?: number;
}

/** Options of {@linkcode sigmoidEql}. */
export interface SigmoidEqlOptions {
  /**
   * Fraction of the training images below which a class is rare (λ).
   *
   * @default {0.00177, as for LVIS}
   */
  readonly threshold?: number;
}

/**
 * In place of log 0: its exponential vanishes next to those of practical logits, and unlike −∞ times 0, its product
 * with 0 is 0.
 */
const EXCLUDED = -1e9;

/**
 * Softmax equalization loss: cross-entropy whose denominator is Σ_k w_k · e^{z_k}, with w_k = 1 − β · [π_k
 * < λ] · (1 − y_k), π the fraction of training images in each class and β drawn for each image and class, 1 with
 * probability γ.
 *
 * It draws random numbers, so its context must hold a `seed`.
 *
 * Source: Tan et al. 2020, Equalization Loss for Long-Tailed Object Recognition;
 * constants as in Zhang et al. 2021, Bag of Tricks for Long-Tailed Visual Recognition.
 *
 * @param counts Training images of each class.
 * @param options γ and λ.
 * @returns The loss; it uses `"seed"`.
 * @throws {RangeError} If a count is not above 0, or an option is not from 0 to 1.
 * @throws {TypeError} When called, if the context holds no seed.
 *
 * @example The rare class 1 is excluded, so the frequent class 0 is certain
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { eql } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const seed = tf.tensor1d([0, 0], "int32");
 * const loss = eql([990, 10], { gamma: 1 });
 * const value = loss(tf.tensor2d([[0, 0]]), tf.tensor1d([0], "int32"), { progress: 0, seed });
 * assertAlmostEquals(value.dataSync()[0], 0, 1e-6);
 * ```
 */
export function eql(
  counts: readonly number[],
  { gamma = 0.9, threshold = 0.5 / counts.length }: EqlOptions = {},
): Loss {
  const rare = rareClasses(counts, threshold);
  expectRange("from 0 to 1", { gamma });
  const loss: Loss = (logits, labels, context) => {
    expectBatch(logits, labels, counts.length);
    const drawn = randomUniform(logits.shape, inputOf(context, "seed", "eql")).less(gamma)
      .toFloat();
    const others = tf.sub(1, oneHot(labels, counts.length));
    const out = drawn.mul(others).mul(tf.tensor1d(rare));
    return sparseSoftmaxCrossEntropy(logits.add(out.mul(EXCLUDED)), labels).mean();
  };
  return Object.assign(loss, { uses: ["seed"] as const });
}

/** @ignore Its description. */
eql.description = {
  token: "eql",
  about: "equalization loss, softmax form",
  source: "Tan et al. 2020",
  loss: (counts) => eql(counts),
} satisfies LossDescription as LossDescription;

/**
 * Sigmoid equalization loss: binary cross-entropies, summed over classes, with the weight
 * 1 − [π_c < λ] · (1 − y_c): a rare class learns from its own images only.
 *
 * Source: Tan et al. 2020, Equalization Loss for Long-Tailed Object Recognition, where
 * every image shows an object (E = 1).
 *
 * @param counts Training images of each class.
 * @param options λ.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, or λ is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { sigmoidEql } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = sigmoidEql([999, 1])(tf.tensor2d([[0, 0]]), tf.tensor1d([0], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function sigmoidEql(
  counts: readonly number[],
  { threshold = 1.77e-3 }: SigmoidEqlOptions = {},
): Loss {
  const rare = rareClasses(counts, threshold);
  return (logits, labels) => {
    expectBatch(logits, labels, counts.length);
    const hot = oneHot(labels, counts.length);
    const weights = tf.sub(1, tf.tensor1d(rare).mul(tf.sub(1, hot)));
    // Logits of the wrong answers: −z for the true class, z for the others.
    const wrong = logits.mul(tf.sub(1, hot.mul(2)));
    return wrong.softplus().mul(weights).sum(1).mean();
  };
}

/** 1 for each class whose fraction is below the threshold, 0 for the others. */
function rareClasses(counts: readonly number[], threshold: number): number[] {
  expectCounts(counts);
  expectRange("from 0 to 1", { threshold });
  const all = imagesOf(counts);
  return counts.map((count) => count / all < threshold ? 1 : 0);
}
