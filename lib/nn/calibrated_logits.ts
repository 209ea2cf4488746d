/**
 * Logits shifted and scaled after training.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import type { Module } from "./module.ts";

/**
 * Creates a layer that computes (z − shift) / deviation of each class in evaluation and returns z unchanged in
 * training, for methods that change the logits of a trained network (LogN, logit adjustment). `shift` and `deviation`
 * are state, so checkpoints contain them.
 *
 * @param shift Subtracted from the logits; zeros by default, until a later stage measures it.
 * @returns The layer, from `[batch, classes]` to the same.
 * @throws {RangeError} When initialised, if there is not one shift for each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { calibratedLogits } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const layer = calibratedLogits([1, 3]);
 * const { params, state } = layer.init(rng(0), [2]);
 * const logits = tf.tensor2d([[2, 2]]);
 * const apply = (training: boolean) => layer.apply(params, state, logits, { training }).y;
 * assertEquals([...apply(false).dataSync()], [1, -1]);
 * assertEquals([...apply(true).dataSync()], [2, 2]);
 * ```
 */
export function calibratedLogits(shift?: readonly number[]): Module {
  return {
    init(_rng, inputShape) {
      const [classes] = inputShape;
      if (shift && shift.length !== classes) {
        throw new RangeError(
          `Expected logits of ${shift.length} classes, as many as shifts, but found [${inputShape}]`,
        );
      }
      return {
        params: {},
        state: {
          shift: shift ? tf.tensor1d([...shift], "float32") : tf.zeros([classes]),
          deviation: tf.ones([classes]),
        },
        outputShape: [...inputShape],
      };
    },
    apply(_params, state, x, { training }) {
      if (training) return { y: x, state };
      const ranks = { shift: 1, deviation: 1 } as const;
      const { shift, deviation } = expectTensors(state, ranks, "calibratedLogits");
      return { y: x.sub(shift).div(deviation), state };
    },
  };
}
