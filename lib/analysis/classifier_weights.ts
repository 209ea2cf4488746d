/**
 * The weights of a network's classifier.
 *
 * @module
 */
import { expectMatrix } from "../core/shape.ts";
import { NotApplicableError } from "../core/errors.ts";
import { flatten } from "../core/tree.ts";
import type { Model } from "../inference/predict.ts";

/** Location of a classifier in a network. */
export interface ClassifierPath {
  /**
   * Path of the classifier's parameters.
   *
   * @default {"head"}
   */
  readonly path?: string;
}

/** The weights of a linear classifier. */
export interface ClassifierWeights {
  /** Shape `[channels, classes]`, row-major. */
  readonly values: Float32Array;
  /** Number of input channels. */
  readonly channels: number;
  /** Number of classes. */
  readonly classes: number;
}

/**
 * Reads the weights of a network's classifier.
 *
 * @param model Model whose parameters to read.
 * @param options Path of the classifier.
 * @returns Its weights, without the bias, which belongs to no channel.
 * @throws {NotApplicableError} If there is no linear layer at that path; the message lists the available ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classifierWeights } from "@nbn/toolkit/analysis";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const params = { head: { weight: tf.tensor2d([[1, 2, 3], [4, 5, 6]]) } };
 * assertEquals(classifierWeights({ params }).classes, 3);
 * ```
 */
export function classifierWeights(
  { params }: Pick<Model, "params">,
  { path = "head" }: ClassifierPath = {},
): ClassifierWeights {
  const all = flatten(params).filter(([name, { rank }]) =>
    rank === 2 && /(^|\/)weight$/.test(name)
  );
  const found = all.find(([name]) => name === `${path}/weight`)?.[1];
  if (!found) {
    const known = all.map(([name]) => name.replace(/\/?weight$/, "")).join(", ");
    throw new NotApplicableError(
      `Expected a linear layer at ${path} but found ${known || "none in the network"}`,
    );
  }
  const [channels, classes] = found.shape;
  return { values: found.dataSync() as Float32Array, channels, classes };
}

/**
 * Computes the Euclidean norm of each class's classifier weights. In long-tailed training it decreases with the class's
 * number of images (Kang et al. 2020, Decoupling Representation and Classifier, figure 2).
 *
 * @param weights Weights from {@linkcode classifierWeights}.
 * @returns ‖w_c‖ for each class c.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classWeightNorms } from "@nbn/toolkit/analysis";
 *
 * const weights = { values: Float32Array.of(3, 0, 4, 1), channels: 2, classes: 2 };
 * assertEquals(classWeightNorms(weights), [5, 1]);
 * ```
 */
export function classWeightNorms({ values, channels, classes }: ClassifierWeights): number[] {
  expectMatrix(values, channels, classes, "weights");
  return Array.from({ length: classes }, (_, label) => {
    let squares = 0;
    for (let channel = 0; channel < channels; channel++) {
      squares += values[channel * classes + label] ** 2;
    }
    return Math.sqrt(squares);
  });
}
