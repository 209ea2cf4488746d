/**
 * Balanced contrastive learning.
 *
 * @module
 */
import { expectBatch, expectRows } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { expectLabelTensor, oneHot } from "../engine/ops/mod.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts } from "./counts.ts";
import { logitAdjusted } from "./logit_adjusted.ts";
import type { Loss } from "./loss.ts";
import { contrast, sameClass } from "./supervised_contrastive.ts";

/** Options of {@linkcode balancedContrastive}. */
export interface BalancedContrastiveOptions {
  /**
   * Temperature that products are divided by, above 0.
   *
   * @default {0.07}
   */
  readonly temperature?: number;
}

/** Options of {@linkcode bcl}. */
export interface BclOptions extends BalancedContrastiveOptions {
  /**
   * Weight of the logit-adjusted cross-entropy, at least 0.
   *
   * @default {1}
   */
  readonly classification?: number;
  /**
   * Weight of the contrastive part, at least 0.
   *
   * @default {0.35}
   */
  readonly contrastive?: number;
}

/**
 * Supervised contrastive loss with equal weights of all classes. Columns are the features of the batch and the
 * prototypes of all classes (class complement); each exponential is divided by the number of columns of its class,
 * excluding the anchor itself (class averaging): for anchor i, −1/|P_i| · Σ_{p ∈ P_i} log (exp(x_i · x_p/t) / Σ_c
 * 1/|A_c| · Σ_{a ∈ A_c} exp(x_i · x_a/t)), with A_c the columns of class c except i, and P_i = A_y. The prototype of
 * the anchor's class is a positive too.
 *
 * Source: Zhu et al. 2022, Balanced Contrastive Learning for Long-Tailed Visual Recognition.
 *
 * @param options Temperature.
 * @returns The loss of features `[rows, channels]`, labels `[rows]` and prototypes `[classes, channels]`;
 * views are rows.
 * @throws {RangeError} If the temperature is not above 0; when called, if shapes do not fit.
 *
 * @example The positive of a single image is its prototype
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedContrastive } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = balancedContrastive({ temperature: 1 });
 * const value = loss(tf.tensor2d([[1, 0]]), tf.tensor1d([0], "int32"), tf.tensor2d([[1, 0], [0, 1]]));
 * assertAlmostEquals(value.dataSync()[0], Math.log(1 + Math.exp(-1)), 1e-6);
 * ```
 */
export function balancedContrastive(
  { temperature = 0.07 }: BalancedContrastiveOptions = {},
): (features: tf.Tensor2D, labels: tf.Tensor1D, prototypes: tf.Tensor2D) => tf.Scalar {
  expectRange("above 0", { temperature });
  return (features, labels, prototypes) => {
    expectRows(features, labels, "features");
    if (prototypes.rank !== 2 || prototypes.shape[1] !== features.shape[1]) {
      throw new RangeError(
        `Expected prototypes [classes, ${features.shape[1]}] but found [${prototypes.shape}]`,
      );
    }
    const rows = labels.shape[0], classes = prototypes.shape[0];
    expectLabelTensor(labels, classes);
    const columns = tf.concat([features, prototypes]);
    const columnLabels = tf.concat([labels, tf.range(0, classes, 1, "int32")]);
    const others: tf.Tensor2D = tf.sub(1, tf.pad(tf.eye(rows), [[0, 0], [0, classes]]));
    const positives: tf.Tensor2D = sameClass(labels, columnLabels).mul(others);
    const hot = oneHot(labels, classes);
    // Columns of each class: its rows and its prototype.
    const perClass = hot.sum(0).add(1);
    // Columns of each column's class; the anchor's class does not count the anchor.
    const counts = tf.concat([hot.mul(perClass).sum(1), perClass]).expandDims(0);
    const weights: tf.Tensor2D = others.div(counts.sub(positives).maximum(1));
    const products: tf.Tensor2D = tf.matMul(features, columns, false, true).div(temperature);
    return contrast(products, positives, weights).mean();
  };
}

/**
 * Balanced contrastive learning: weighted sum of logit-adjusted cross-entropy of the first view and of
 * {@linkcode balancedContrastive} of the other two, whose projections are concatenated row-wise.
 *
 * The network is one of `balancedContrast`, on a cosine head with scale 30.
 *
 * Source: Zhu et al. 2022, Balanced Contrastive Learning for Long-Tailed Visual Recognition.
 *
 * @param counts Training images of each class.
 * @param options Temperature and weights.
 * @returns The loss, of three views of each image; it uses `"projections"` `[2 · batch, channels]` and
 * `"prototypes"`.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes
 * do not fit.
 * @throws {TypeError} When called, if the context holds no projections or prototypes.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { bcl } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const context = {
 *   progress: 0,
 *   projections: tf.tensor2d([[1, 0], [1, 0]]),
 *   prototypes: tf.tensor2d([[1, 0], [0, 1]]),
 * };
 * const loss = bcl([90, 10], { contrastive: 0 });
 * const value = loss(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"), context);
 * assertAlmostEquals(value.dataSync()[0], -Math.log(0.1), 1e-5);
 * ```
 */
export function bcl(
  counts: readonly number[],
  { temperature, classification = 1, contrastive = 0.35 }: BclOptions = {},
): Loss {
  expectCounts(counts);
  expectRange("at least 0", { classification, contrastive });
  const crossEntropy = logitAdjusted(counts);
  const contrast = balancedContrastive({ temperature });
  const loss: Loss = (logits, labels, context) => {
    const projections = inputOf(context, "projections", "bcl");
    const prototypes = inputOf(context, "prototypes", "bcl");
    if (prototypes.shape[0] !== counts.length) {
      throw new RangeError(
        `Expected ${counts.length} prototypes, one for each class, but found [${prototypes.shape}]`,
      );
    }
    expectBatch(logits, labels, counts.length);
    const repeated = tf.concat([labels, labels]);
    const balanced = contrast(projections, repeated, prototypes).mul(contrastive);
    return crossEntropy(logits, labels).mul(classification).add(balanced);
  };
  return Object.assign(loss, { views: 3, uses: ["projections", "prototypes"] as const });
}
