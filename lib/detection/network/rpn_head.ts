/**
 * Head of the region proposal network.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import { relu } from "../../engine/ops/mod.ts";
import { conv } from "../../nn/conv.ts";
import type { Module } from "../../nn/module.ts";
import { branch } from "../../nn/compose.ts";
import { startedAt } from "./start.ts";

/** Predictions for the anchors of one map or several, in the order of `anchorsOf`. */
export interface RpnOutput {
  /** Logits of objectness. Shape `[batch, anchors]`. */
  readonly logits: tf.Tensor2D;
  /** Coded boxes. Shape `[batch, anchors, 4]`. */
  readonly code: tf.Tensor3D;
}

/** Head of the region proposal network. */
export interface RpnHead {
  /** Creates the parameters: `conv`, `objectness`, `boxes`, each `weight` and `bias`. */
  init(rng: Rng): Params;
  /**
   * Predicts from one map.
   *
   * @param params Parameters.
   * @param map Shape `[batch, height, width, channels]`.
   */
  apply(params: Params, map: tf.Tensor4D): RpnOutput;
}

/**
 * Creates the head that slides over every map of a pyramid: a 3×3 convolution with ReLU, and for each anchor a logit
 * and a coded box.
 *
 * Source: Ren et al. 2015, Faster R-CNN, section 3.1.
 *
 * @param options Channels of the maps, anchors of a cell.
 * @returns The head.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const head = rpnHead({ channels: 8, anchors: 3 });
 * const { code } = head.apply(head.init(rng(0)), tf.zeros([1, 4, 5, 8]));
 * assertEquals(code.shape, [1, 60, 4]);
 * ```
 */
export function rpnHead(
  { channels = 256, anchors = 3 }: { readonly channels?: number; readonly anchors?: number } = {},
): RpnHead {
  const started = (filters: number, kernel: number) =>
    startedAt(conv({ filters, kernel, padding: (kernel - 1) / 2, bias: true }), 0.01);
  const parts: Readonly<Record<string, Module>> = {
    conv: started(channels, 3),
    objectness: started(anchors, 1),
    boxes: started(4 * anchors, 1),
  };
  return {
    init: (rng) =>
      Object.fromEntries(
        Object.entries(parts).map((
          [name, part],
        ) => [name, part.init(rng.fork(name), [1, 1, channels]).params]),
      ),
    apply(params, map) {
      const run = (name: string, x: tf.Tensor) =>
        parts[name].apply(branch(params, name), {}, x, { training: false }).y;
      const hidden = relu(run("conv", map)), batch = map.shape[0];
      return {
        logits: run("objectness", hidden).reshape([batch, -1]),
        code: run("boxes", hidden).reshape([batch, -1, 4]),
      };
    },
  };
}
