/**
 * Convolution layer.
 *
 * @module
 */
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
}

/**
 * A convolution. Parameters: `weight` `[height, width, channels / groups, filters]`, and `bias` `[filters]`
 * if asked for.
 *
 * Weights start normal with variance 2 / fan-in (He et al. 2015), as in the field's CIFAR networks.
 *
 * @param options Filters, kernel, stride, padding, dilation, groups, bias.
 * @returns The layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
 *
 * const layer = conv({ filters: 8, stride: 2 });
 * assertEquals(layer.init(rng(0), [32, 32, 3]).outputShape, [16, 16, 8]);
 * ```
 */
export function conv(options: ConvOptions): Module {
  const { filters, bias = false, groups = 1, padding = "same" } = options;
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
      return {
        params: {
          weight: normalTensor(rng.fork("weight"), shape, Math.sqrt(2 / fanIn)),
          ...(bias ? { bias: tf.zeros([filters]) } : {}),
        },
        state: {},
        outputShape: [extent(height, 0), extent(width, 1), filters],
      };
    },
    apply(params, _state, x) {
      const y = conv2d(x as tf.Tensor4D, params.weight as tf.Tensor4D, settings);
      return { y: bias ? y.add(params.bias as tf.Tensor1D) : y, state: {} };
    },
  };
}
