/**
 * Inverse image frequency.
 *
 * @module
 */
import { expectBatch } from "./batch.ts";
import { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectClasses, expectCounts, imagesOf } from "./counts.ts";
import type { Loss } from "./loss.ts";

/** Options of {@linkcode iif} and {@linkcode iifWeights}. */
export interface IifOptions {
  /**
   * `"raw"` is log(N/n), `"smooth"` log((N + 1)/(n + 1)) + 1.
   *
   * @default {"raw"}
   */
  readonly form?: "raw" | "smooth";
}

/**
 * Computes the factors on the logits by inverse image frequency: log(N/n), or log((N + 1)/(n + 1)) + 1, with N the
 * number of training images and n that of the class.
 *
 * Source: Alexandridis et al. 2023, Inverse Image Frequency for Long-Tailed Image Recognition.
 *
 * @param counts Training images of each class.
 * @param options Form.
 * @returns One factor for each class.
 * @throws {RangeError} If a count is not above 0, the form is unknown, or there is one class only, whose
 * raw factor would be 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { iifWeights } from "@nbn/toolkit/losses";
 *
 * assertAlmostEquals(iifWeights([90, 10])[1], Math.log(10));
 * ```
 */
export function iifWeights(
  counts: readonly number[],
  { form = "raw" }: IifOptions = {},
): number[] {
  expectCounts(counts);
  if (form !== "raw" && form !== "smooth") {
    throw new RangeError(`Expected form to be raw or smooth but found ${form}`);
  }
  if (counts.length < 2) {
    throw new RangeError(`Expected counts of at least 2 classes but found ${counts.length}`);
  }
  const all = imagesOf(counts);
  return counts.map((count) =>
    form === "raw" ? Math.log(all / count) : Math.log((all + 1) / (count + 1)) + 1
  );
}

/**
 * Multiplies logits by {@linkcode iifWeights}: the outputs of a network trained with {@linkcode iif}, in evaluation
 * too.
 *
 * @param logits Shape `[batch, classes]`.
 * @param counts Training images of each class.
 * @param options Form.
 * @returns The products, of the same shape.
 * @throws {RangeError} If there is not one count for each class, or the counts or the form are invalid.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { iifLogits } from "@nbn/toolkit/losses";
 *
 * await engine();
 * assertEquals(iifLogits(tf.tensor2d([[2, 1]]), [90, 10]).argMax(1).dataSync()[0], 1);
 * ```
 */
export function iifLogits(
  logits: tf.Tensor2D,
  counts: readonly number[],
  options: IifOptions = {},
): tf.Tensor2D {
  expectClasses(logits, counts);
  return logits.mul(tf.tensor1d(iifWeights(counts, options), "float32"));
}

/**
 * Cross-entropy of z · log(N/n): the logits of rare classes are scaled up, in training and in evaluation. Evaluate
 * {@linkcode iifLogits}, or append `scaledLogits(iifWeights(counts))` to the network and train it with plain
 * cross-entropy, as the recipe does.
 *
 * The smooth form requires features of bounded length, 16 · x/(1 + ‖x‖), and weights of length 1: a network with the
 * head `boundedCosine({ units: classes })`, as the recipe token `iif-smooth` creates it.
 *
 * Source: Alexandridis et al. 2023, Inverse Image Frequency for Long-Tailed Image Recognition.
 *
 * @param counts Training images of each class.
 * @param options Form.
 * @returns The loss.
 * @throws {RangeError} If a count is not above 0, the form is unknown, or there is one class only.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { iif } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = iif([50, 50])(tf.tensor2d([[1, 0]]), tf.tensor1d([0], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(1 + 0.5), 1e-6);
 * ```
 */
export function iif(counts: readonly number[], options: IifOptions = {}): Loss {
  iifWeights(counts, options);
  return (logits, labels) => {
    expectBatch(logits, labels, counts.length);
    return sparseSoftmaxCrossEntropy(iifLogits(logits, counts, options), labels).mean();
  };
}
