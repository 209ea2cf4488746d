/**
 * Cross-domain empirical risk minimisation.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { addToLogits, expectCounts, logPriors } from "./counts.ts";
import { inputOf } from "./inputs.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode xerm}. */
export interface XermOptions {
  /**
   * Sharpness of the weighting between the two teachers, at least 0.
   *
   * @default {2; CIFAR-100: 1.5, with RIDE 1}
   */
  readonly gamma?: number;
  /**
   * Strength of the balanced teacher's adjustment z − τ · log π, at least 0.
   *
   * @default {1; with RIDE 2}
   */
  readonly tau?: number;
}

/** The loss of a student with its frozen teacher's logits of the same images. */
export type TeacherLoss = (
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  labels: tf.Tensor1D,
) => tf.Scalar;

/** Avoids 0 / 0 where both teachers are right. */
const EPSILON = 1e-5;

/**
 * mean [w · CE(softmax(z_B), s)] + mean [(1 − w) · CE(y, s)], with s the student's logits, z the teacher's,
 * trained by cross-entropy, z_B = z − τ · log π + log(1/C) the same teacher for a balanced test, and w =
 * ℓ_B^γ / (ℓ_B^γ + ℓ^γ + 1e-5) of their cross-entropies ℓ and ℓ_B of each image: where the balanced teacher has the
 * larger loss, the student follows it, otherwise the label. No gradient flows through the teacher and w. Evaluation
 * uses the student's logits.
 *
 * Source: Zhu et al. 2022, Cross-Domain Empirical Risk Minimization for Unbiased Long-tailed
 * Classification; as in its authors' code.
 *
 * @param counts Training images of each class.
 * @param options γ and τ.
 * @returns The loss of student, teacher, labels.
 * @throws {RangeError} If a count is not above 0, or an option is negative; when called, if shapes do not
 * fit.
 *
 * @example With a balanced set both teachers are the same, so both terms have the same weight
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { xerm } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const logits = tf.tensor2d([[0, 0]]);
 * const loss = xerm([5, 5])(logits, logits, tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-5);
 * ```
 */
export function xerm(
  counts: readonly number[],
  options: XermOptions = {},
): TeacherLoss {
  const lossOf = xermByTeacher(counts, options);
  return (student, teacher, labels) => lossOf(teacher, labels)(student);
}

/** The loss of any student of a teacher. */
export type StudentLoss = (student: tf.Tensor2D) => tf.Scalar;

/**
 * {@linkcode xerm} in two steps, for several students of one teacher.
 *
 * @param counts Training images of each class.
 * @param options γ and τ.
 * @returns Function from the teacher's logits and the labels to the loss of a student.
 * @throws {RangeError} As `xerm`.
 */
export function xermByTeacher(
  counts: readonly number[],
  { gamma = 2, tau = 1 }: XermOptions = {},
): (teacher: tf.Tensor2D, labels: tf.Tensor1D) => StudentLoss {
  expectCounts(counts);
  expectRange("at least 0", { gamma, tau });
  const toBalanced = logPriors(counts).map((prior) => -tau * prior);
  return (teacher, labels) => {
    expectBatch(teacher, labels, counts.length);
    const factual = detached(teacher);
    // log(1/C) is omitted: the softmax is invariant to a constant shift.
    const balanced = addToLogits(factual, toBalanced);
    const risk = (logits: tf.Tensor2D) => sparseSoftmaxCrossEntropy(logits, labels).pow(gamma);
    const other = risk(balanced);
    const weight = detached(other.div(other.add(risk(factual)).add(EPSILON)));
    const target = tf.softmax(balanced);
    return (student) => {
      expectBatch(student, labels, counts.length);
      const distilled = softmaxCrossEntropy(student, target);
      const labelled = sparseSoftmaxCrossEntropy(student, labels);
      return weight.mul(distilled).add(tf.sub(1, weight).mul(labelled)).mean();
    };
  };
}

/**
 * Converts a loss with a teacher to one for training, which takes the teacher's logits from its context.
 *
 * @param loss The loss of student, teacher, labels.
 * @returns The loss; it uses `"teacher"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { withTeacher, xerm } from "@nbn/toolkit/losses";
 *
 * assertEquals(withTeacher(xerm([5, 5])).uses, ["teacher"]);
 * ```
 */
export function withTeacher(loss: TeacherLoss): Loss {
  const found: Loss = (logits, labels, context) =>
    loss(logits, inputOf(context, "teacher", "withTeacher()"), labels);
  return Object.assign(found, { uses: ["teacher"] as const });
}
