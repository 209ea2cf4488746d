/**
 * Convolution layer.
 *
 * @module
 */
import { expectRank, expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { conv2d, type Conv2dOptions } from "../engine/ops/mod.ts";
import { pair } from "../engine/ops/conv2d.ts";
import { normalTensor } from "./initialise.ts";
import type { Module } from "./module.ts";

/** Options of {@linkcode conv}. */
export interface ConvOptions extends Conv2dOptions {
  /** Number of output channels. */
  filters: number;
  /**
   * Size of the filter.
   *
   * @default {3}
   */
  kernel?: number | readonly [number, number];
  /**
   * Whether a bias is added; before a norm it has no effect.
   *
   * @default {false}
   */
  bias?: boolean;
  /**
   * Whether each filter is a direction times a learned length (Weight Normalization). The length, `gain` `[filters]`,
   * is initialised to that of the random filter, which leaves the initial filter unchanged.
   *
   * @default {false}
   */
  weightNorm?: boolean;
}

/**
 * Creates a convolution. Parameters: `weight` `[height, width, channels / groups, filters]`, and `bias` `[filters]`
 * if `bias` is set.
 *
 * Weights are initialised from a normal distribution with variance 2 / fan-in (He et al. 2015), as is common for CIFAR
 * networks. With `weightNorm` a filter is gain · weight / ‖weight‖ (Salimans and Kingma 2016).
 *
 * @param options Filters, kernel, stride, padding, dilation, groups, bias.
 * @returns The layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { conv } from "@nbn/toolkit/nn";
 *
 * const layer = conv({ filters: 8, stride: 2 });
 * assertEquals(layer.init(rng(0), [32, 32, 3]).outputShape, [16, 16, 8]);
 * ```
 */
export function conv(options: ConvOptions): Module {
  const { filters, bias = false, weightNorm = false, groups = 1, padding = "same" } = options;
  const kernel = pair(options.kernel ?? 3), stride = pair(options.stride ?? 1);
  const dilation = pair(options.dilation ?? 1);
  const settings = { stride, padding, dilation, groups };
  return {
    init(rng, inputShape) {
      const [height, width, channels] = inputShape;
      const shape = [...kernel, channels / groups, filters];
      const fanIn = kernel[0] * kernel[1] * channels / groups;
      const extent = (length: number, axis: 0 | 1) => {
        if (padding === "same") return Math.ceil(length / stride[axis]);
        const reach = (kernel[axis] - 1) * dilation[axis] + 1;
        const border = padding === "valid" ? 0 : padding;
        return Math.floor((length + 2 * border - reach) / stride[axis]) + 1;
      };
      const weight = normalTensor(rng.fork("weight"), shape, Math.sqrt(2 / fanIn));
      return {
        params: {
          weight,
          ...(weightNorm ? { gain: tf.tidy(() => lengths(weight).reshape([filters])) } : {}),
          ...(bias ? { bias: tf.zeros([filters]) } : {}),
        },
        state: {},
        outputShape: [extent(height, 0), extent(width, 1), filters],
      };
    },
    apply(params, _state, x) {
      const { weight } = expectTensors(params, { weight: 4 }, "conv");
      const filter: tf.Tensor4D = weightNorm
        ? weight.div(lengths(weight)).mul(expectRank(params.gain, 1, "gain of conv"))
        : weight;
      const y = conv2d(expectRank(x, 4, "the input of a convolution"), filter, settings);
      return { y: bias ? y.add(expectRank(params.bias, 1, "bias of conv")) : y, state: {} };
    },
  };
}

/** Length of each filter, `[1, 1, 1, filters]`. */
function lengths(weight: tf.Tensor): tf.Tensor {
  return weight.square().sum([0, 1, 2], true).maximum(1e-24).sqrt();
}
