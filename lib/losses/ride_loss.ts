/**
 * The loss of RIDE's experts.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { detached, softmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectCounts } from "./counts.ts";
import { expectExperts, type ExpertLoss, meanOf } from "./experts.ts";
import { ldam } from "./ldam.ts";
import type { Loss } from "./loss.ts";
import { expectRange } from "./ranges.ts";

/** Options of {@linkcode rideLoss}. */
export interface RideLossOptions {
  /**
   * Loss of each expert on its own.
   *
   * @default {LDAM, reweighted from `deferAt` on}
   */
  readonly base?: Loss;
  /**
   * Weight of the divergence from the experts' mean; below 0 it makes them differ.
   *
   * @default {-0.2; CIFAR-100: -0.45}
   */
  readonly factor?: number;
  /**
   * T: temperature of the divergence, above 0.
   *
   * @default {1}
   */
  readonly temperature?: number;
  /**
   * What logits are multiplied by before their divergence is taken, above 0: that of cosines.
   *
   * @default {30}
   */
  readonly scale?: number;
  /**
   * Share of the training from which on classes have weights and temperatures of their own, 0 to 1.
   *
   * @default {0.8, as epoch 160 of 200}
   */
  readonly deferAt?: number;
  /**
   * f: how far the temperatures follow the frequencies, 0 to 1.
   *
   * @default {0.05; ImageNet-LT: 0.02, iNaturalist 2018: 0.015}
   */
  readonly reweightFactor?: number;
}

/**
 * The sum over experts of base(z_i) + factor · T̄² · KL(softmax(z̄/T) ‖ softmax(z_i/T)), with z̄ the mean
 * of the experts' logits, which gets no gradient. From `deferAt` on every class has its own T_c = T · w_c /
 * max w, with w_c = C · π_c · f + 1 − f and π the share of each class in the training set; T̄ is their
 * mean.
 *
 * Logits are cosines, which LDAM and the divergence both multiply by 30. For another base on plain logits,
 * `scale` is 1.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts;
 * normalised temperatures as in its authors' code. (There a factor of 0 trains the mean instead; here it
 * only leaves the divergence out.)
 *
 * @param counts Training images of each class.
 * @param options Base, factor, temperature, reweighting.
 * @returns The loss of several experts' logits.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes
 * do not fit.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 * import { crossEntropy } from "./cross_entropy.ts";
 *
 * await engine();
 * const expert = tf.tensor2d([[0, 0]]);
 * const loss = rideLoss([90, 10], { base: crossEntropy(), scale: 1 });
 * const value = loss([expert, expert], tf.tensor1d([1], "int32"));
 * assertAlmostEquals(value.dataSync()[0], 2 * Math.log(2), 1e-6);
 * ```
 */
export function rideLoss(
  counts: readonly number[],
  {
    base,
    factor = -0.2,
    temperature = 1,
    scale = 30,
    deferAt = 0.8,
    reweightFactor = 0.05,
  }: RideLossOptions = {},
): ExpertLoss {
  expectCounts(counts);
  expectRange("above 0", { temperature, scale });
  expectRange("from 0 to 1", { deferAt, reweightFactor });
  if (!Number.isFinite(factor)) {
    throw new RangeError(`Expected factor to be a finite number but found ${factor}`);
  }
  const own = base ?? ldam(counts, { deferAt });
  const images = counts.reduce((sum, count) => sum + count, 0);
  const weights = counts.map((count) =>
    counts.length * count / images * reweightFactor + 1 - reweightFactor
  );
  const largest = Math.max(...weights);
  if (Math.min(...weights) <= 0) {
    throw new RangeError(
      `Expected reweightFactor to leave every class a temperature above 0 but found ${reweightFactor}`,
    );
  }
  const late = weights.map((weight) => temperature * weight / largest);
  const early = weights.map(() => temperature);

  const loss: ExpertLoss = (experts, labels, context = { progress: 1 }) => {
    expectExperts(experts, counts);
    const temperatures = context.progress >= deferAt ? late : early;
    const mean = temperatures.reduce((sum, value) => sum + value, 0) / temperatures.length;
    const soften = (logits: tf.Tensor2D) =>
      logits.mul(scale).div(tf.tensor1d(temperatures)) as tf.Tensor2D;
    const together = soften(detached(meanOf(experts)));
    const target = tf.softmax(together);
    const entropy = target.mul(tf.logSoftmax(together)).sum(1);
    const parts = experts.map((logits, expert) => {
      const divergence = softmaxCrossEntropy(soften(logits), target).add(entropy).mean();
      return own(logits, labels, seedFor(expert, context)).add(
        divergence.mul(factor * mean ** 2),
      );
    });
    return tf.addN(parts) as tf.Scalar;
  };
  const phases = [...new Set([...own.phases ?? [], deferAt])].sort((a, b) => a - b);
  return Object.assign(loss, { phases, uses: own.uses });
}

/** Experts of one step draw numbers of their own. */
function seedFor<Context extends { readonly seed?: tf.Tensor1D }>(
  expert: number,
  context: Context,
): Context {
  if (!context.seed) return context;
  // Seeds are mixed, so any other number will do.
  return { ...context, seed: context.seed.add(tf.tensor1d([expert, 0], "int32")) };
}
