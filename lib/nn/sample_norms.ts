/**
 * Per-sample norms, which the paper compares with NBN.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Module, Norm } from "./module.ts";

/** Options of {@linkcode layerNorm} and {@linkcode instanceNorm}. */
export interface SampleNormOptions {
  /**
   * Added to the variance.
   *
   * @default {1e-5}
   */
  epsilon?: number;
  /**
   * Whether channels have a learned `weight` and `bias`.
   *
   * @default {true}
   */
  affine?: boolean;
}

/**
 * LayerNorm: standardises each sample over positions and channels, then scales and shifts each channel (PyTorch's
 * `GroupNorm` with one group; its `LayerNorm` of images would have a weight for each position).
 *
 * Source: Ba et al. 2016, Layer Normalization; the paper, Table XIII.
 *
 * @param options Epsilon, affine parameters.
 * @returns The norm for a network's `norm` argument.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { layerNorm } from "@nbn/toolkit/nn";
 *
 * const layer = layerNorm()({ channels: 16 });
 * assertEquals(Object.keys(layer.init(rng(0), [8, 8, 16]).params), ["weight", "bias"]);
 * ```
 */
export function layerNorm(options: SampleNormOptions = {}): Norm {
  return ({ channels }) =>
    standardised(channels, options, (rank) => Array.from({ length: rank - 1 }, (_, i) => i + 1));
}

/**
 * InstanceNorm: standardises each channel of each sample over positions, then scales and shifts each channel.
 *
 * Source: Ulyanov et al. 2016, Instance Normalization; the paper, Table XIII.
 *
 * @param options Epsilon, affine parameters.
 * @returns The norm for a network's `norm` argument; when applied, it throws a `RangeError` for features of one
 * position, which would all become 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { instanceNorm } from "@nbn/toolkit/nn";
 *
 * const layer = instanceNorm({ affine: false })({ channels: 16 });
 * assertEquals(layer.init(rng(0), [8, 8, 16]).params, {});
 * ```
 */
export function instanceNorm(options: SampleNormOptions = {}): Norm {
  return ({ channels }) =>
    standardised(channels, options, (rank, shape) => {
      if (rank === 4 && shape[1] * shape[2] > 1) return [1, 2];
      throw new RangeError(
        `Expected more than one position for instanceNorm but found [${shape}]: use larger images`,
      );
    });
}

/** Options of {@linkcode featureNorm}. */
export interface FeatureNormOptions {
  /**
   * Axes normalised together: the channels of a position, `"C"`, or all values of a sample, `"CHW"`.
   *
   * @default {"C"}
   */
  over?: "C" | "CHW";
}

/**
 * Normalises features to the same length: x · √n / ‖x‖ over the n channels of each position, or over all n values of
 * a sample. The factor √n preserves the scale of BN's outputs; the paper does not state its factor.
 *
 * Source: the paper, Table XII.
 *
 * @param options Axes normalised together.
 * @returns The norm, without parameters; the paper applies it after BN (`addNorm`).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { featureNorm } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = featureNorm()({ channels: 2 });
 * const { y } = layer.apply({}, {}, tf.tensor2d([[30, 40]]), { training: true });
 * assertEquals([...y.mul(5).round().dataSync()], [4, 6]);
 * ```
 */
export function featureNorm({ over = "C" }: FeatureNormOptions = {}): Norm {
  if (over !== "C" && over !== "CHW") {
    throw new RangeError(`Expected over to be C or CHW but found ${over}`);
  }
  return () => ({
    init: (_rng, inputShape) => ({ params: {}, state: {}, outputShape: [...inputShape] }),
    apply(_params, _state, x) {
      const axes = over === "C"
        ? [x.rank - 1]
        : Array.from({ length: x.rank - 1 }, (_, i) => i + 1);
      const meanSquare = x.square().mean(axes, true);
      return { y: x.mul(meanSquare.maximum(1e-24).rsqrt()), state: {} };
    },
  });
}

/** Standardises each sample over some axes. */
function standardised(
  channels: number,
  { epsilon = 1e-5, affine = true }: SampleNormOptions,
  axesOf: (rank: number, shape: readonly number[]) => number[],
): Module {
  return {
    init(_rng, inputShape) {
      const params: Params = affine
        ? { weight: tf.ones([channels]), bias: tf.zeros([channels]) }
        : {};
      return { params, state: {}, outputShape: [...inputShape] };
    },
    apply(params, _state, x) {
      const axes = axesOf(x.rank, x.shape);
      const centred = x.sub(x.mean(axes, true));
      const variance = centred.square().mean(axes, true);
      const y = centred.mul(variance.add(epsilon).rsqrt());
      if (!affine) return { y, state: {} };
      const { weight, bias } = expectTensors(params, { weight: 1, bias: 1 }, "a norm");
      return { y: y.mul(weight).add(bias), state: {} };
    },
  };
}
