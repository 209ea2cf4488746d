/**
 * Batch normalisation, and the common base of batch-based norm layers.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { batchNormOfAll } from "../engine/cluster/batch_norm.ts";
import { batchNormInference, batchNormTraining } from "../engine/ops/mod.ts";
import type { AppliedNorm, Mode, Module, Norm } from "./module.ts";
import { completeSite } from "./placement.ts";

/** Options of {@linkcode batchNorm}. */
export interface BatchNormOptions {
  /**
   * Added to the variance.
   *
   * @default {1e-5}
   */
  epsilon?: number;
  /**
   * Weight of a batch's statistics in the running statistics, as in PyTorch.
   *
   * @default {0.1}
   */
  momentum?: number;
}

/**
 * Batch norm at every site (paper, equation 1), as in PyTorch: the batch is normalised by its biased variance, and
 * the running variance is updated with the unbiased one.
 *
 * Parameters `weight`, `bias`, state `mean`, `variance`, each `[channels]`.
 *
 * @param options Epsilon and momentum.
 * @returns The norm for a network's `norm` argument.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { batchNorm } from "@nbn/toolkit/nn";
 *
 * const layer = batchNorm()({ channels: 16 });
 * assertEquals(Object.keys(layer.init(rng(0), [8, 8, 16]).params), ["weight", "bias"]);
 * ```
 */
export function batchNorm(options: BatchNormOptions = {}): Norm {
  return ({ channels, ...site }) =>
    normLayer(channels, options, {
      reported: { kind: "bn", site: completeSite({ path: "bn", ...site, channels }) },
      init: () => ({ weight: tf.ones([channels]), bias: tf.zeros([channels]) }),
      affine: (params) => expectTensors(params, { weight: 1, bias: 1 }, "batchNorm"),
    });
}

/** Source of a norm layer's scale and shift. */
export interface Affine {
  /** Site and kind of the layer, as passed to `mode.onNorm`; layers without it are not reported. */
  readonly reported?: Pick<AppliedNorm, "site" | "kind">;
  /** Creates the layer's own parameters. */
  init(): Params;
  /** Creates the parameters shared with other layers, by their path in the root's tree. */
  shared?(): Params;
  /** Computes scale and shift of each channel, both `[channels]`. */
  affine(params: Params, mode: Mode, state: Params): { weight: tf.Tensor1D; bias: tf.Tensor1D };
}

/**
 * Creates a layer that normalises by batch statistics in training and by running statistics in evaluation.
 *
 * @param channels Number of channels.
 * @param options Epsilon and momentum.
 * @param affine Source of scale and shift.
 * @returns The layer.
 */
export function normLayer(
  channels: number,
  { epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions,
  affine: Affine,
): Module {
  return {
    init(_rng, inputShape) {
      const found = inputShape[inputShape.length - 1];
      if (found !== channels) {
        throw new RangeError(
          `Expected the input of a norm to have ${channels} channels but found [${inputShape}]`,
        );
      }
      return {
        params: affine.init(),
        state: { mean: tf.zeros([channels]), variance: tf.ones([channels]) },
        shared: affine.shared?.(),
        outputShape: [...inputShape],
      };
    },
    apply(params, state, x, mode) {
      const { weight, bias } = affine.affine(params, mode, state);
      if (affine.reported) mode.onNorm?.({ ...affine.reported, weight, bias });
      const running = runningStatistics(state);
      if (!mode.training) {
        const { mean, variance } = running;
        const y = batchNormInference(x, weight, bias, mean, variance, epsilon);
        return { y, state };
      }
      const { spread } = mode;
      const count = x.size / channels * (spread ? spread.images / spread.own.count : 1);
      if (count < 2) {
        throw new RangeError(
          `Expected more than one value for each channel while training but found [${x.shape}]: ` +
            `use a larger batch`,
        );
      }
      const batch = spread
        ? batchNormOfAll(spread, x, weight, bias, epsilon)
        : batchNormTraining(x, weight, bias, epsilon);
      const next = updatedStatistics(running, batch, count, momentum);
      return { y: batch.y, state: { ...state, ...next } };
    },
  };
}

/** Running statistics of a norm layer, each `[channels]`. */
export type RunningStatistics = {
  /** Running mean. */
  readonly mean: tf.Tensor1D;
  /** Running variance. */
  readonly variance: tf.Tensor1D;
};

function runningStatistics(state: Params): RunningStatistics {
  return expectTensors(state, { mean: 1, variance: 1 }, "a norm");
}

/**
 * Updates running statistics with a batch; its variance is corrected by n / (n − 1) as in PyTorch.
 *
 * @param running Running `mean` and `variance`.
 * @param batch Mean and biased variance of the batch.
 * @param count Number of values for each channel, at least 2.
 * @param momentum Weight of the batch.
 * @returns The new `mean` and `variance`.
 */
export function updatedStatistics(
  running: RunningStatistics,
  batch: RunningStatistics,
  count: number,
  momentum: number,
): RunningStatistics {
  const mixed = (old: tf.Tensor1D, current: tf.Tensor1D, factor: number): tf.Tensor1D =>
    old.mul(1 - momentum).add(current.mul(momentum * factor));
  return {
    mean: mixed(running.mean, batch.mean, 1),
    variance: mixed(running.variance, batch.variance, count / (count - 1)),
  };
}
