/**
 * The loss of both paths of `dualPath()`.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { expectBatch } from "./batch.ts";
import { inputOf } from "./inputs.ts";
import type { AnyLoss, Loss, LossContext, LossNeeds, StatefulLoss } from "./loss.ts";

/**
 * Half of the sum of a loss of the network's logits and the same loss of the logits of the second path.
 *
 * **A reconstruction**: see `compoundBatchNorm()`. Equal weights are chosen here.
 *
 * Source: Cheng et al. 2022, Compound Batch Normalization for Long-tailed Image Classification.
 *
 * @param loss Any loss of logits and labels; one with a state keeps that of the first path.
 * @returns The loss of a network of `dualPath()`, with a state if the given one has; it uses `"splitLogits"`.
 * @throws {TypeError} When called, if the context holds no logits of the second path.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { crossEntropy, dualPathLoss } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const logits = tf.tensor2d([[0, 0]]), splitLogits = tf.tensor2d([[0, Math.log(3)]]);
 * const loss = dualPathLoss(crossEntropy());
 * const value = loss(logits, tf.tensor1d([1], "int32"), { progress: 0, splitLogits });
 * assertAlmostEquals(value.dataSync()[0], (Math.log(2) + Math.log(4 / 3)) / 2, 1e-6);
 * ```
 */
export function dualPathLoss(loss: Loss): Loss;
/**
 * The same of a loss with or without a state.
 *
 * @param loss Any loss of logits and labels.
 * @returns The loss of both paths.
 */
export function dualPathLoss(loss: AnyLoss): AnyLoss;
export function dualPathLoss(loss: AnyLoss): AnyLoss {
  const needs: LossNeeds = {
    phases: loss.phases,
    uses: [...loss.uses ?? [], "splitLogits"],
    views: loss.views,
  };
  const second = (first: tf.Tensor2D, labels: tf.Tensor1D, context?: LossContext) => {
    const found = inputOf(context, "splitLogits", "dualPathLoss");
    expectBatch(found, labels, first.shape[1]);
    return found;
  };
  if (typeof loss === "function") {
    const both: Loss = (logits, labels, context) =>
      loss(logits, labels, context)
        .add(loss(second(logits, labels, context), labels, context)).div(2);
    return Object.assign(both, needs);
  }
  const apply: StatefulLoss["apply"] = (state, logits, labels, context) => {
    const first = loss.apply(state, logits, labels, context);
    const split = loss.apply(state, second(logits, labels, context), labels, context);
    return { loss: first.loss.add(split.loss).div(2), state: first.state };
  };
  return { ...needs, init: (sizes) => loss.init(sizes), apply };
}
