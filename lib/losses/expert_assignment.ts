/**
 * The loss of RIDE's routers.
 *
 * @module
 */
import { expectExperts } from "./experts.ts";
import { expectBatch, expectRows } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detachedFrom } from "../engine/ops/mod.ts";
import { inputOf } from "./inputs.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode expertAssignment}. */
export interface ExpertAssignmentOptions {
  /**
   * Weight of the images that should pass to the next expert, which are few; above 0.
   *
   * @default {100}
   */
  readonly positiveWeight?: number;
}

/**
 * Binary cross-entropy of each router's output: an image should pass to the next expert if the mean of the experts so
 * far is wrong and the mean up to some later expert is right. Averaged over images and routers.
 *
 * The network is one of `routedExperts`.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts, section
 * 3.3; as in its authors' code.
 *
 * @param options Weight of the positive images.
 * @returns The loss; it uses `"experts"` and `"routes"` and ignores the network's logits.
 * @throws {RangeError} If the weight is not above 0; when called, if the number of routers is not one less than that
 * of experts.
 * @throws {TypeError} When called, if the context holds no experts or routes.
 *
 * @example The first expert is wrong and both together are right
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { expertAssignment } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const experts = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 3]])];
 * const loss = expertAssignment({ positiveWeight: 5 });
 * const context = { progress: 0, experts, routes: tf.tensor2d([[0]]) };
 * const value = loss(experts[0], tf.tensor1d([1], "int32"), context);
 * assertAlmostEquals(value.dataSync()[0], 5 * Math.log(2), 1e-6);
 * ```
 */
export function expertAssignment(
  { positiveWeight = 100 }: ExpertAssignmentOptions = {},
): Loss {
  expectRange("above 0", { positiveWeight });
  const loss: Loss = (_together, labels, context) => {
    const experts = inputOf(context, "experts", "expertAssignment");
    const routes = inputOf(context, "routes", "expertAssignment");
    if (experts.length < 2) {
      throw new RangeError(`Expected at least 2 experts but found ${experts.length}`);
    }
    expectExperts(experts);
    expectBatch(experts[0], labels);
    expectRows(routes, labels, "routes", experts.length - 1);
    const target = detachedFrom((...logits) => shouldContinue(logits, labels), ...experts);
    const missed = routes.neg().softplus().mul(target).mul(positiveWeight);
    return missed.add(routes.softplus().mul(tf.sub(1, target))).mean();
  };
  return Object.assign(loss, { uses: ["experts", "routes"] as const });
}

/** 1 where the experts so far are wrong and the mean up to a later one is right, `[batch, experts − 1]`. */
function shouldContinue(experts: readonly tf.Tensor2D[], labels: tf.Tensor1D): tf.Tensor {
  let sum: tf.Tensor = tf.zerosLike(experts[0]);
  const right = experts.map((logits) => {
    sum = sum.add(logits);
    return sum.argMax(1).equal(labels).toFloat().expandDims(1);
  });
  // From the last router back: whether any later mean is right.
  const targets: tf.Tensor[] = [];
  let later: tf.Tensor = right[right.length - 1];
  for (let i = experts.length - 2; i >= 0; i--) {
    targets.unshift(tf.sub(1, right[i]).mul(later));
    later = later.maximum(right[i]);
  }
  return tf.concat(targets, 1);
}
