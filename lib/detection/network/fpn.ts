/**
 * Feature pyramid network.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import type { Rng } from "../../core/rng.ts";
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import { subsample } from "../../engine/ops/mod.ts";
import { conv } from "../../nn/conv.ts";
import type { Module } from "../../nn/module.ts";
import { branch } from "../../nn/compose.ts";
import { startedAt } from "./start.ts";
import { upsampled } from "./upsampled.ts";

/** A feature pyramid network. */
export interface Fpn {
  /**
   * Creates the parameters: `lateral1` … and `output1` …, each `weight` and `bias`, the finest map first.
   *
   * @param rng Random stream.
   * @param channels Channels of each input map, the finest first.
   */
  init(rng: Rng, channels: readonly number[]): Params;
  /**
   * Computes the pyramid.
   *
   * @param params Parameters.
   * @param maps Maps of the backbone, the finest first, each `[batch, height, width, channels]` of half the height and
   * width of the one before.
   * @returns As many maps of the same sizes, and the coarsest once more at twice its stride.
   */
  apply(params: Params, maps: readonly tf.Tensor4D[]): tf.Tensor4D[];
}

/**
 * Creates a feature pyramid network: 1×1 convolutions bring all maps to one number of channels, every map is added to
 * the next finer one by nearest-neighbour upsampling, and a 3×3 convolution follows; neither norm nor activation.
 *
 * Source: Lin et al. 2017, Feature Pyramid Networks for Object Detection; as in mmdetection and torchvision.
 *
 * @param channels Channels of the pyramid.
 * @returns The network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { init, apply } = fpn(8);
 * const maps = [tf.zeros([1, 8, 8, 4]), tf.zeros([1, 4, 4, 6])] as tf.Tensor4D[];
 * const shapes = apply(init(rng(0), [4, 6]), maps).map(({ shape }) => shape[1]);
 * assertEquals(shapes, [8, 4, 2]);
 * ```
 */
export function fpn(channels = 256): Fpn {
  const lateral = layer(channels, 1), output = layer(channels, 3);
  return {
    init(rng, inputs) {
      const params: Params = {};
      inputs.forEach((count, i) => {
        const parts = { lateral: [lateral, count], output: [output, channels] } as const;
        for (const [name, [module, from]] of Object.entries(parts)) {
          const path = `${name}${i + 1}`;
          params[path] = module.init(rng.fork(path), [1, 1, from]).params;
        }
      });
      return params;
    },
    apply(params, maps) {
      const run = (module: Module, name: string, x: tf.Tensor4D) =>
        expectRank(module.apply(branch(params, name), {}, x, { training: false }).y, 4, name);
      const merged = maps.map((map, i) => run(lateral, `lateral${i + 1}`, map));
      for (let i = merged.length - 1; i > 0; i--) {
        merged[i - 1] = merged[i - 1].add(upsampled(merged[i]));
      }
      const outputs = merged.map((map, i) => run(output, `output${i + 1}`, map));
      return [...outputs, subsample(outputs[outputs.length - 1], 2)];
    },
  };
}

function layer(filters: number, kernel: number): Module {
  return startedAt(conv({ filters, kernel, padding: (kernel - 1) / 2, bias: true }), "xavier");
}
