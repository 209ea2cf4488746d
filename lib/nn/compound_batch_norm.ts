/**
 * Batch norm by a mixture of Gaussians.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { expectRange } from "../core/expect_range.ts";
import { expectTensors } from "../core/tensor_rank.ts";
import { flatten, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { cutOff, oneHot } from "../engine/ops/mod.ts";
import { batchNorm, type BatchNormOptions } from "./batch_norm.ts";
import {
  type Gaussian,
  responsibilities,
  type Responsibility,
  type Weighted,
  weightedStatistics,
} from "./mixture.ts";
import type { Norm } from "./module.ts";

/** Options of {@linkcode compoundBatchNorm}. */
export interface CompoundBatchNormOptions extends BatchNormOptions {
  /**
   * K: number of Gaussians, an integer of at least 1; with 1 it is `batchNorm()`.
   *
   * @default {2}
   */
  readonly components?: number;
  /**
   * Whether Gaussians are responsible for each value of a channel, or for an image: then jointly for its means over all
   * channels, whose log-likelihoods are averaged, since their sum would select a single Gaussian.
   *
   * @default {"channel"}
   */
  readonly responsibility?: Responsibility;
}

/** The means of the Gaussians start evenly between −0.5 and 0.5, because equal Gaussians would remain equal. */
const SPREAD = 0.5;

/** Smallest share of a Gaussian, which could otherwise not return. */
const LEAST_SHARE = 1e-3;

/** Values that an estimate of a variance needs. */
const LEAST_VALUES = 2;

/**
 * Compound batch norm at every site: each value is normalised by K Gaussians, and the results are averaged by how
 * responsible each is for it.
 *
 * In training, the responsibilities r_k(x) ∝ π_k · N(x; μ_k, s_k + ε) follow from the running statistics, without
 * gradient (expectation); mean and variance of each Gaussian are those of the batch, weighted by the responsibilities,
 * and the running ones move towards them (maximisation). The output is Σ_k r_k(x) · (γ_k · (x − μ_k)/√(s_k + ε) + β_k),
 * in evaluation by the running statistics. A Gaussian responsible for less than two values of a channel normalises by
 * its running statistics, which remain.
 *
 * With `groups` in the mode, as `dualPath()` sets them, an image of group k is normalised by Gaussian k alone, by the
 * statistics of the images of its group, or by running ones if it is the only one; the shares π remain.
 *
 * Parameters `weight`, `bias`, state `mean`, `variance`, each `[components, channels]`, and `share` `[components]`. With
 * one component it is `batchNorm()`, bit for bit. `replaceNorm(compoundBatchNorm(), { placement: "A" })` limits it to
 * the last stage.
 *
 * **A reconstruction**: the paper's text was not available. The mixture, its estimation by moving averages and the two
 * paths are those of its abstract; that each Gaussian has its own γ and β is inferred from it. Responsibilities for
 * single channels, without gradient and without Mixture Normalization's factor 1/√π_k, and all constants are chosen here.
 *
 * Source: Cheng et al. 2022, Compound Batch Normalization for Long-tailed Image Classification; after Kalayeh and Shah
 * 2019, Training Faster by Separating Modes of Variation in Batch-normalized Models.
 *
 * @param options Components, responsibility, epsilon, momentum.
 * @returns The norm for a network's `norm` argument.
 * @throws {RangeError} If there is no component, or the responsibility is unknown; when initialised, if the input has
 * other channels; when applied, if there are more groups than components.
 * @throws {UsageError} When applied to a part of a batch that is to be normalised by the statistics of the whole.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { compoundBatchNorm } from "@nbn/toolkit/nn";
 *
 * const norm = compoundBatchNorm({ components: 3 })({ channels: 4 });
 * assertEquals(norm.init(rng(0), [8, 8, 4]).params.weight.shape, [3, 4]);
 * ```
 */
export function compoundBatchNorm(
  { components = 2, responsibility = "channel", epsilon = 1e-5, momentum = 0.1 }:
    CompoundBatchNormOptions = {},
): Norm {
  expectRange("an integer of at least 1", { components });
  if (responsibility !== "channel" && responsibility !== "image") {
    throw new RangeError(
      `Expected responsibility to be channel or image but found ${responsibility}`,
    );
  }
  if (components === 1) return batchNorm({ epsilon, momentum });

  /** Moves the running statistics towards those of the batch. */
  const moved = (running: Gaussian, { count, mean, variance }: Weighted): Gaussian => {
    const towards = (old: tf.Tensor1D, current: tf.Tensor1D): tf.Tensor1D =>
      old.mul(1 - momentum).add(current.mul(momentum));
    const correction = count.div(count.sub(1).maximum(1));
    return {
      mean: towards(running.mean, mean),
      variance: towards(running.variance, variance.mul(correction)),
    };
  };

  return ({ channels }) => ({
    init(_rng, inputShape) {
      if (inputShape.at(-1) !== channels) {
        throw new RangeError(
          `Expected the input of a norm to have ${channels} channels but found [${inputShape}]`,
        );
      }
      const shape: [number, number] = [components, channels];
      return {
        params: { weight: tf.ones(shape), bias: tf.zeros(shape) },
        state: {
          mean: tf.tidy(() =>
            tf.zeros(shape).add(tf.linspace(-SPREAD, SPREAD, components).expandDims(1))
          ),
          variance: tf.ones(shape),
          share: tf.fill([components], 1 / components),
        },
        outputShape: [...inputShape],
      };
    },
    apply(params, state, x, { training, groups, spread }) {
      if (training && spread) {
        throw new UsageError(
          "Expected compound batch norm to use the statistics of each process's part but found those of the whole " +
            "batch requested: omit --sync-bn",
        );
      }
      const { mean, variance, share } = expectTensors(state, STATE, "compoundBatchNorm");
      const running = gaussiansOf(mean, variance);
      const { weight, bias } = expectTensors(params, { weight: 2, bias: 2 }, "compoundBatchNorm");
      const isSplit = training && groups !== undefined;
      const found = isSplit ? memberships(groups, x, components) : responsibilities(
        training ? cutOff(x) : x,
        { gaussians: running, share },
        responsibility,
        epsilon,
      );
      const normalised = (gaussians: readonly Gaussian[]): tf.Tensor => {
        const scales = tf.unstack(weight), shifts = tf.unstack(bias);
        const affine = gaussians.map(({ mean, variance }, k) => {
          const scale = scales[k].mul(variance.add(epsilon).rsqrt());
          return {
            scale: scale.mul(found[k]),
            shift: shifts[k].sub(mean.mul(scale)).mul(found[k]),
          };
        });
        // Summed before they meet the input, because those of images are smaller than it.
        const scale = tf.addN(affine.map(({ scale }) => scale));
        return x.mul(scale).add(tf.addN(affine.map(({ shift }) => shift)));
      };
      if (!training) return { y: normalised(running), state };
      // Of a group, two images, not two positions of one.
      const least = LEAST_VALUES * (isSplit ? x.size / channels / x.shape[0] : 1);
      const all = found.map((weights, k) => {
        const batch = weightedStatistics(x, weights), isKnown = batch.count.greaterEqual(least);
        return {
          used: chosen(isKnown, batch, running[k]),
          next: chosen(isKnown, moved(running[k], batch), running[k]),
          count: batch.count.mean(),
        };
      });
      const counts = tf.stack(all.map(({ count }) => count)) as tf.Tensor1D;
      return {
        y: normalised(all.map(({ used }) => used)),
        state: {
          ...state,
          mean: tf.stack(all.map(({ next }) => next.mean)),
          variance: tf.stack(all.map(({ next }) => next.variance)),
          share: isSplit ? share : movedShare(share, counts.div(counts.sum()), momentum),
        },
      };
    },
  });
}

/**
 * Checks whether a network has compound batch norms.
 *
 * @param state Its state.
 * @returns Whether it has.
 */
export function hasCompoundNorms(state: Params): boolean {
  return flatten(state).some(([path]) => /(^|\/)share$/.test(path));
}

/** Ranks of the tensors of the state. */
const STATE = { mean: 2, variance: 2, share: 1 } as const;

function gaussiansOf(mean: tf.Tensor2D, variance: tf.Tensor2D): Gaussian[] {
  const variances = tf.unstack(variance) as tf.Tensor1D[];
  return (tf.unstack(mean) as tf.Tensor1D[])
    .map((mean, k) => ({ mean, variance: variances[k] }));
}

/** Chooses between two Gaussians for each channel. */
function chosen(is: tf.Tensor, one: Gaussian, other: Gaussian): Gaussian {
  return {
    mean: tf.where(is, one.mean, other.mean),
    variance: tf.where(is, one.variance, other.variance),
  };
}

/** Moves the shares, of which none becomes 0. */
function movedShare(share: tf.Tensor1D, batch: tf.Tensor, momentum: number): tf.Tensor1D {
  const next = share.mul(1 - momentum).add(batch.mul(momentum)).maximum(LEAST_SHARE);
  return next.div(next.sum());
}

/** For each component, 1 for the images of its group, `[images, 1, …, 1]`. */
function memberships(groups: tf.Tensor1D, x: tf.Tensor, components: number): tf.Tensor[] {
  return tf.unstack(oneHot(groups, components), 1)
    .map((column) => column.reshape([x.shape[0], ...Array(x.rank - 1).fill(1)]));
}
