/**
 * Logits Rectification.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { type BatchNormOptions, normLayer } from "./batch_norm.ts";
import type { Module } from "./module.ts";
import { forChannels } from "./sequential.ts";

/**
 * Logits Rectification (paper, equation 4): ẑ = (z − μ)/σ for each class, with batch statistics in training and
 * running statistics in evaluation; a batch norm of the logits without parameters.
 *
 * Terms that depend on class frequencies (Balanced Softmax) are added after it. Losses of cosines (`ldam`, `gcl`,
 * `rideLoss`) need a linear head and `scale: 1` with it, as in the paper's code: standardised logits are no longer
 * cosines.
 *
 * @param options Epsilon (1e-5) and momentum (0.1).
 * @returns The layer, from `[batch, classes]` to the same; state `mean`, `variance`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { logitsRectification } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = logitsRectification();
 * const { params, state } = layer.init(rng(0), [1]);
 * const { y } = layer.apply(params, state, tf.tensor2d([[1], [3]]), { training: true });
 * assertAlmostEquals(y.dataSync()[1], 1, 1e-4);
 * ```
 */
export function logitsRectification(options: BatchNormOptions = {}): Module {
  return forChannels((classes) =>
    normLayer(classes, options, {
      init: () => ({}),
      affine: () => ({ weight: tf.ones([classes]), bias: tf.zeros([classes]) }),
    })
  );
}
