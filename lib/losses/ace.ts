/**
 * ACE: complementary experts.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { aceTargets, type AceTargetsOptions } from "../nn/ace_experts.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts, imagesOf } from "./counts.ts";
import { expectExperts } from "./experts.ts";
import type { Loss } from "./loss.ts";
import { weightsOf } from "./weighting.ts";

/** Options of {@linkcode ace}. */
export interface AceOptions extends AceTargetsOptions {
  /**
   * Weight of the penalty on an expert's logits of classes outside its set, at least 0.
   *
   * @default {1}
   */
  readonly complement?: number;
}

/**
 * The sum of the losses of experts for increasingly rare classes, which are nested sets. Each is the cross-entropy of
 * the images of the expert's classes, plus the mean square of their logits of all other classes, times the fraction
 * of the training images in its classes, which scales its learning rate. The loss of an expert without images in the
 * batch, or without classes, is 0.
 *
 * The network is one of `aceExperts`, whose shared stages get gradients of the first expert only.
 *
 * **A reconstruction** from the paper's description.
 *
 * Source: after Cai et al. 2021, ACE: Ally Complementary Experts for Solving Long-Tailed Recognition in
 * One-Shot.
 *
 * @param counts Training images of each class.
 * @param options Classes of each expert, weight of the penalty.
 * @returns The loss of the experts' logits, taken from its context; it uses `"experts"`.
 * @throws {RangeError} If a count is not above 0, the first expert does not take all classes, or a bound is above the
 * previous one; when called, if shapes do not fit.
 * @throws {TypeError} When called, if the context holds no experts.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { ace } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = ace([90, 10], { upTo: [Infinity, 50] });
 * const expert = tf.tensor2d([[2, 0]]), labels = tf.tensor1d([1], "int32");
 * const value = loss(expert, labels, { progress: 0, experts: [expert, expert] });
 * const crossEntropy = Math.log(1 + Math.exp(2));
 * assertAlmostEquals(value.dataSync()[0], crossEntropy + 0.1 * (crossEntropy + 4), 1e-6);
 * ```
 */
export function ace(counts: readonly number[], options: AceOptions = {}): Loss {
  expectCounts(counts);
  const own = aceTargets(counts, options);
  const { complement = 1 } = options;
  expectRange("at least 0", { complement });
  const images = imagesOf(counts);
  const fractions = own.map((classes) =>
    counts.reduce((sum, count, c) => sum + classes[c] * count, 0) / images
  );
  const loss: Loss = (_together, labels, context) => {
    const experts = inputOf(context, "experts", "ace");
    expectExperts(experts, counts.length);
    expectBatch(experts[0], labels);
    if (experts.length !== own.length) {
      throw new RangeError(
        `Expected ${own.length} experts, one for each entry of upTo, but found ${experts.length}`,
      );
    }
    return tf.addN(experts.map((logits, expert) => {
      const classes = own[expert], outside = classes.map((owned) => 1 - owned);
      const owned = weightsOf(classes, labels, counts.length);
      const others = Math.max(1, outside.reduce((sum, value) => sum + value, 0));
      const penalty = logits.square().mul(tf.tensor1d(outside)).sum(1).mul(complement / others);
      const each = sparseSoftmaxCrossEntropy(logits, labels).add(penalty);
      return each.mul(owned).sum().div(owned.sum().maximum(1)).mul(fractions[expert]);
    }));
  };
  return Object.assign(loss, { uses: ["experts"] as const });
}
