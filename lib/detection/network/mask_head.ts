/**
 * Head that predicts the masks of regions.
 *
 * @module
 */
import { expectTensorAt, expectTensors } from "../../core/tensor_rank.ts";
import type { Rng } from "../../core/rng.ts";
import type { Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { relu, weightedRows } from "../../engine/ops/mod.ts";
import { conv } from "../../nn/conv.ts";
import { linear } from "../../nn/linear.ts";
import type { Module } from "../../nn/module.ts";
import { branch } from "../../nn/compose.ts";
import { startedAt } from "./start.ts";

/** Options of {@linkcode maskHead}. */
export interface MaskHeadOptions {
  /** Number of classes, without background. */
  readonly classes: number;
  /**
   * Channels of the maps and of the hidden layers.
   *
   * @default {256}
   */
  readonly channels?: number;
  /**
   * Number of 3×3 convolutions.
   *
   * @default {4}
   */
  readonly depth?: number;
}

/** Head that predicts the masks of regions. */
export interface MaskHead {
  /**
   * Creates the parameters: `conv1` …, `upsample` and `masks`, each `weight` and `bias`. The 2×2 transposed convolution
   * `upsample` has weights `[channels, 2 · 2 · channels]`, since its windows do not overlap; `masks` has
   * `[channels, classes]`.
   */
  init(rng: Rng): Params;
  /**
   * Predicts the mask of one class for each region; the maps of other classes are never computed.
   *
   * @param params Parameters.
   * @param features Shape `[regions, size, size, channels]`.
   * @param labels Class of each region. Shape `[regions]`, int32.
   * @returns Logits of twice the size, `[regions, 2 · size, 2 · size]`.
   */
  apply(params: Params, features: tf.Tensor4D, labels: tf.Tensor1D): tf.Tensor3D;
}

/**
 * Creates the mask head: 3×3 convolutions with ReLU, a 2×2 transposed convolution of stride 2 with ReLU, and a 1×1
 * convolution to one map for each class.
 *
 * Source: He et al. 2017, Mask R-CNN, figure 4 right.
 *
 * @param options Classes and sizes.
 * @returns The head.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const head = maskHead({ classes: 3, channels: 8, depth: 1 });
 * const masks = head.apply(head.init(rng(0)), tf.zeros([2, 7, 7, 8]), tf.tensor1d([0, 2], "int32"));
 * assertEquals(masks.shape, [2, 14, 14]);
 * ```
 */
export function maskHead({ classes, channels = 256, depth = 4 }: MaskHeadOptions): MaskHead {
  const convolution = conv({ filters: channels, padding: 1, bias: true });
  // Deviations √(2 / outputs) (He et al. 2015), as in mmdetection.
  const upsample = startedAt(
    linear({ units: 4 * channels, bias: false }),
    Math.sqrt(2 / (4 * channels)),
  );
  const masks = startedAt(linear({ units: classes }), Math.sqrt(2 / classes));
  const names = Array.from({ length: depth }, (_, i) => `conv${i + 1}`);
  return {
    init(rng) {
      const started = (name: string, layer: Module, shape: readonly number[]) =>
        layer.init(rng.fork(name), shape).params;
      return {
        ...Object.fromEntries(
          names.map((name) => [name, started(name, convolution, [1, 1, channels])]),
        ),
        upsample: { ...started("upsample", upsample, [channels]), bias: tf.zeros([channels]) },
        masks: started("masks", masks, [channels]),
      };
    },
    apply(params, features, labels) {
      const run = (layer: Module, name: string, x: tf.Tensor) =>
        layer.apply(branch(params, name), {}, x, { training: false }).y;
      const hidden = names.reduce<tf.Tensor>(
        (x, name) => relu(run(convolution, name, x)),
        features,
      );
      const [regions, size] = features.shape;
      const spread = run(upsample, "upsample", hidden.reshape([-1, channels]));
      const fine = relu(
        spread.reshape([-1, channels]).add(
          expectTensorAt(params, "upsample/bias", 1, "the mask head"),
        ),
      );
      // Each region is multiplied by the filter of its own class.
      const { weight, bias } = expectTensors(
        branch(params, "masks"),
        { weight: 2, bias: 1 },
        "masks",
      );
      const index: tf.Tensor2D = labels.expandDims(1), one: tf.Tensor2D = tf.ones([regions, 1]);
      const filters = weightedRows(tf.transpose(weight), index, one);
      const shift = weightedRows(bias.expandDims(1), index, one);
      const logits = tf.matMul(
        fine.reshape([regions, size * size * 4, channels]),
        filters.expandDims(2),
      ).reshape([regions, size, size, 2, 2]);
      return logits.transpose([0, 1, 3, 2, 4]).reshape([regions, 2 * size, 2 * size])
        .add(shift.expandDims(2));
    },
  };
}
