/**
 * Cross-domain empirical risk minimisation of several experts.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { expertsOf, teacherOf } from "./context.ts";
import { expectExperts } from "./experts.ts";
import type { Loss } from "./loss.ts";
import { expectRange } from "./ranges.ts";
import { xermLesson } from "./xerm.ts";

/** Options of {@linkcode xermExperts}. */
export interface XermExpertsOptions {
  /**
   * How sharply the weights go from one teacher to the other, at least 0.
   *
   * @default {1}
   */
  readonly gamma?: number;
  /**
   * How strongly the balanced teacher is adjusted: z − τ · log π, at least 0.
   *
   * @default {2}
   */
  readonly tau?: number;
  /**
   * What logits are multiplied by first, those of the teacher too, above 0: that of cosines. 1 for plain logits.
   *
   * @default {30}
   */
  readonly scale?: number;
}

/**
 * The sum of `xerm` over the experts of a student, as RIDE's loss is a sum over its experts. They have one teacher, a
 * trained network of experts: its logits, and the weights between it and its balanced form, are those of its experts'
 * mean.
 *
 * Source: Zhu et al. 2022, Cross-Domain Empirical Risk Minimization for Unbiased Long-tailed Classification; γ, τ, sum
 * and weights as in its authors' code for RIDE. There an expert is taught by the one in its place in the teacher, not
 * by the mean, labels count with LDAM's margins, and the teacher is trained without RIDE's diversity.
 *
 * @param counts Training images of each class.
 * @param options γ, τ, scale.
 * @returns The loss of several experts' logits, which it finds in its context; it uses `"experts"` and `"teacher"`.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes do not fit.
 * @throws {TypeError} When called, if the context holds no experts or no teacher.
 *
 * @example Two experts that say the same count twice
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
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
  const lesson = xermLesson(counts, { gamma, tau });
  const loss: Loss = (_mean, labels, context) => {
    const experts = expertsOf(context, "xermExperts");
    const teacher = teacherOf(context, "xermExperts");
    expectExperts(experts, counts);
    const teach = lesson(teacher.mul(scale), labels);
    return tf.addN(experts.map((logits) => teach(logits.mul(scale)))) as tf.Scalar;
  };
  return Object.assign(loss, { uses: ["experts", "teacher"] as const });
}
