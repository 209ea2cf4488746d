/**
 * The loss of RIDE's experts.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, softmaxCrossEntropy } from "../engine/ops/mod.ts";
import { branch } from "../nn/compose.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts, imagesOf } from "./counts.ts";
import { expectExperts, meanOf } from "./experts.ts";
import { ldam } from "./ldam.ts";
import { type AnyLoss, stateful, type StatefulLoss } from "./loss.ts";

/** Options of {@linkcode rideLoss}. */
export interface RideLossOptions {
  /**
   * Loss of each single expert: any that uses logits only. If it has a state, every expert has its own.
   *
   * @default {LDAM of the same scale, reweighted from `deferAt` on}
   */
  readonly base?: AnyLoss;
  /**
   * Weight of the divergence from the experts' mean; below 0, it rewards diversity.
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
   * Factor on the logits in the divergence, above 0: the scale of cosines; with LR 1.
   *
   * @default {30}
   */
  readonly scale?: number;
  /**
   * Fraction of the training after which weights and temperatures depend on the class, in [0, 1].
   *
   * @default {0.8, as epoch 160 of 200}
   */
  readonly deferAt?: number;
  /**
   * f: how strongly the temperatures depend on the class frequencies, in [0, 1].
   *
   * @default {0.05; ImageNet-LT: 0.02, iNaturalist 2018: 0.015}
   */
  readonly reweightFactor?: number;
}

/**
 * The sum over experts of base(z_i) + factor · T̄² · KL(softmax(z̄/T) ‖ softmax(z_i/T)), with z̄ the mean
 * of the experts' logits, which gets no gradient. From `deferAt` on, every class has its own T_c = T · w_c / max w,
 * with w_c = C · π_c · f + 1 − f and π the fraction of training images in each class; T̄ is their mean.
 *
 * Logits are cosines, which LDAM and the divergence both multiply by 30. For plain logits, and for logits that `logitsRectification()`
 * standardises, `scale` is 1.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts;
 * normalised temperatures as in its authors' code. (There, a factor of 0 trains the mean logits instead; here, it
 * only disables the divergence.)
 *
 * @param counts Training images of each class.
 * @param options Base, factor, temperature, reweighting.
 * @returns The loss of several experts' logits, taken from its context; it uses `"experts"` and ignores the network's
 * logits.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when initialised, if there
 * are fewer than two experts; when called, if shapes do not fit.
 * @throws {TypeError} When called, if the context holds no experts.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { crossEntropy, rideLoss } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const logits = tf.tensor2d([[0, 0]]);
 * const { apply } = rideLoss([90, 10], { base: crossEntropy(), scale: 1 });
 * const context = { progress: 0, experts: [logits, logits] };
 * const { loss } = apply({}, logits, tf.tensor1d([1], "int32"), context);
 * assertAlmostEquals(loss.dataSync()[0], 2 * Math.log(2), 1e-6);
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
): StatefulLoss {
  expectCounts(counts);
  expectRange("above 0", { temperature, scale });
  expectRange("from 0 to 1", { deferAt, reweightFactor });
  if (!Number.isFinite(factor)) {
    throw new RangeError(`Expected factor to be a finite number but found ${factor}`);
  }
  const own = stateful(base ?? ldam(counts, { scale, deferAt }));
  const other = own.uses?.find((input) => input !== "seed");
  if (other) {
    throw new RangeError(
      `Expected base to be a loss that uses logits only but found one that uses ${other}`,
    );
  }
  const images = imagesOf(counts);
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

  return {
    phases: [...new Set([...own.phases ?? [], deferAt])].sort((a, b) => a - b),
    uses: [...own.uses ?? [], "experts"],
    init(sizes) {
      const { experts = 0 } = sizes;
      if (experts < 2) {
        throw new RangeError(
          `Expected the sizes of rideLoss to contain at least 2 experts but found ${experts}: train a single expert with its base`,
        );
      }
      return byExpert(Array.from({ length: experts }, () => own.init(sizes)));
    },
    apply(state, _mean, labels, context = { progress: 1 }) {
      const experts = inputOf(context, "experts", "rideLoss");
      expectExperts(experts, counts.length);
      expectBatch(experts[0], labels);
      const temperatures = context.progress >= deferAt ? late : early;
      const mean = temperatures.reduce((sum, value) => sum + value, 0) / temperatures.length;
      const soften = (logits: tf.Tensor2D): tf.Tensor2D =>
        logits.mul(scale).div(tf.tensor1d(temperatures));
      const together = soften(detached(meanOf(experts)));
      const target = tf.softmax(together);
      const entropy = target.mul(tf.logSoftmax(together)).sum(1);
      const results = experts.map((logits, expert) =>
        own.apply(branch(state, `expert${expert + 1}`), logits, labels, seedFor(expert, context))
      );
      const losses = experts.map((logits, expert): tf.Scalar => {
        const divergence = softmaxCrossEntropy(soften(logits), target).add(entropy).mean();
        return results[expert].loss.add(divergence.mul(factor * mean ** 2));
      });
      return {
        loss: tf.addN(losses),
        state: byExpert(results.map(({ state }) => state)),
      };
    },
  };
}

/** Stores states under `expert1`, `expert2`, …; empty ones are omitted. */
function byExpert(states: readonly Params[]): Params {
  const named = states.map((state, expert) => [`expert${expert + 1}`, state] as const);
  return Object.fromEntries(named.filter(([, state]) => Object.keys(state).length > 0));
}

/** Gives the experts of a step different random numbers. */
function seedFor<Context extends { readonly seed?: tf.Tensor1D }>(
  expert: number,
  context: Context,
): Context {
  if (!context.seed) return context;
  // The generator decorrelates seeds, so any different number suffices.
  return { ...context, seed: context.seed.add(tf.tensor1d([expert, 0], "int32")) };
}
