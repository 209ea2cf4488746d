/**
 * Cross-domain empirical risk minimisation of several experts.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { inputOf } from "./inputs.ts";
import { expectExperts } from "./experts.ts";
import type { Loss } from "./loss.ts";
import { xermByTeacher } from "./xerm.ts";

/** Options of {@linkcode xermExperts}. */
export interface XermExpertsOptions {
  /**
   * Sharpness of the weighting between the two teachers, at least 0.
   *
   * @default {1}
   */
  readonly gamma?: number;
  /**
   * Strength of the balanced teacher's adjustment z − τ · log π, at least 0.
   *
   * @default {2}
   */
  readonly tau?: number;
  /**
   * Factor on the logits of student and teacher, above 0: the scale of cosines. 1 for plain logits.
   *
   * @default {30}
   */
  readonly scale?: number;
}

/**
 * The sum of `xerm` over the experts of a student, as RIDE's loss is a sum over its experts. All have the same
 * teacher, the mean logits of a trained network of experts, and the same weights between it and its balanced form.
 *
 * Source: Zhu et al. 2022, Cross-Domain Empirical Risk Minimization for Unbiased Long-tailed Classification; γ, τ, sum
 * and weights as in its authors' code for RIDE. There, each expert's teacher is the corresponding expert, not the
 * mean, the label term uses LDAM's margins, and the teacher is trained without RIDE's diversity.
 *
 * @param counts Training images of each class.
 * @param options γ, τ, scale.
 * @returns The loss of several experts' logits, taken from its context; it uses `"experts"` and `"teacher"`.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes do not fit.
 * @throws {TypeError} When called, if the context holds no experts or no teacher.
 *
 * @example Two experts with the same logits count twice
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { xermExperts } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const logits = tf.tensor2d([[0, 0]]);
 * const context = { progress: 0, experts: [logits, logits], teacher: logits };
 * const loss = xermExperts([5, 5])(logits, tf.tensor1d([1], "int32"), context);
 * assertAlmostEquals(loss.dataSync()[0], 2 * Math.log(2), 1e-5);
 * ```
 */
export function xermExperts(
  counts: readonly number[],
  { gamma = 1, tau = 2, scale = 30 }: XermExpertsOptions = {},
): Loss {
  expectRange("above 0", { scale });
  const lossOf = xermByTeacher(counts, { gamma, tau });
  const loss: Loss = (_mean, labels, context) => {
    const experts = inputOf(context, "experts", "xermExperts");
    const teacher = inputOf(context, "teacher", "xermExperts");
    expectExperts(experts, counts.length);
    const studentLoss = lossOf(teacher.mul(scale), labels);
    return tf.addN(experts.map((logits) => studentLoss(logits.mul(scale))));
  };
  return Object.assign(loss, { uses: ["experts", "teacher"] as const });
}
