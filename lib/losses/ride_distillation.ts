/**
 * RIDE's distillation from a network of more experts.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, softmaxCrossEntropy } from "../engine/ops/mod.ts";
import { inputOf } from "./inputs.ts";
import { expectClasses } from "./counts.ts";
import { meanOf } from "./experts.ts";
import type { StatefulLoss } from "./loss.ts";
import { rideLoss, type RideLossOptions } from "./ride_loss.ts";

/** Options of {@linkcode rideDistillation}. */
export interface RideDistillationOptions extends RideLossOptions {
  /**
   * Weight of the divergence from the teacher, at least 0.
   *
   * @default {1}
   */
  readonly distillation?: number;
  /**
   * Temperature of that divergence, above 0.
   *
   * @default {1.5}
   */
  readonly distillationTemperature?: number;
}

/**
 * n · (`rideLoss` + δ · T² · KL(softmax(z_T/T) ‖ softmax(z̄/T))), with n experts, z̄ the mean of their logits
 * and z_T those of a trained network of more experts (six in the paper), which gets no gradient.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts; the factor n
 * as in its authors' code.
 *
 * @param counts Training images of each class.
 * @param options Those of `rideLoss`; weight and temperature of the distillation.
 * @returns The loss; it uses `"experts"` and `"teacher"`.
 * @throws {RangeError} As `rideLoss`, or if weight or temperature are out of their range.
 * @throws {TypeError} When called, if the context holds no experts or no teacher.
 *
 * @example A teacher with the same logits adds nothing
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { crossEntropy, rideDistillation } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const logits = tf.tensor2d([[0, 0]]);
 * const { apply } = rideDistillation([90, 10], { base: crossEntropy(), scale: 1 });
 * const context = { progress: 0, experts: [logits, logits], teacher: logits };
 * const { loss } = apply({}, logits, tf.tensor1d([1], "int32"), context);
 * assertAlmostEquals(loss.dataSync()[0], 4 * Math.log(2), 1e-6);
 * ```
 */
export function rideDistillation(
  counts: readonly number[],
  { distillation = 1, distillationTemperature = 1.5, ...options }: RideDistillationOptions = {},
): StatefulLoss {
  expectRange("at least 0", { distillation });
  expectRange("above 0", { distillationTemperature });
  const own = rideLoss(counts, options);
  const factor = (options.scale ?? 30) / distillationTemperature;
  return {
    phases: own.phases,
    uses: [...own.uses ?? [], "teacher"],
    init: own.init,
    apply(state, logits, labels, context) {
      const experts = inputOf(context, "experts", "rideDistillation");
      const teacher = inputOf(context, "teacher", "rideDistillation");
      expectClasses(teacher, counts);
      const result = own.apply(state, logits, labels, context);
      const scaled: tf.Tensor2D = detached(teacher).mul(factor);
      const target = tf.softmax(scaled);
      const entropy = target.mul(tf.logSoftmax(scaled)).sum(1);
      const divergence = softmaxCrossEntropy(meanOf(experts).mul(factor), target)
        .add(entropy).mean().mul(distillation * distillationTemperature ** 2);
      return {
        loss: result.loss.add(divergence).mul(experts.length),
        state: result.state,
      };
    },
  };
}
