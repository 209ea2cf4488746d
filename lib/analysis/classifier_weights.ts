/**
 * The weights of a network's classifier.
 *
 * @module
 */
import { flatten } from "../core/tree.ts";
import type { Model } from "../train/predict.ts";

/** Where a classifier is. */
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
  /** Shape `[channels, classes]`, row by row. */
  readonly values: Float32Array;
  /** Channels that it reads. */
  readonly channels: number;
  /** Classes that it scores. */
  readonly classes: number;
}

/**
 * Reads the weights of a network's classifier.
 *
 * @param model The network's parameters.
 * @param options Where the classifier is.
 * @returns Its weights; the bias counts for no channel and is left out.
 * @throws {RangeError} If there is no linear layer at that path; the message lists those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
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
    throw new RangeError(
      `Expected a linear layer at ${path} but found ${known || "none in the network"}`,
    );
  }
  const [channels, classes] = found.shape;
  return { values: found.dataSync() as Float32Array, channels, classes };
}

/**
 * Euclidean norm of each class's classifier weights: in long-tailed training it falls with the class's number of
 * images (Kang et al. 2020, Decoupling Representation and Classifier, figure 2).
 *
 * @param weights From {@linkcode classifierWeights}.
 * @returns ‖w_c‖ of each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const weights = { values: Float32Array.of(3, 0, 4, 1), channels: 2, classes: 2 };
 * assertEquals(classWeightNorms(weights), [5, 1]);
 * ```
 */
export function classWeightNorms({ values, channels, classes }: ClassifierWeights): number[] {
  return Array.from({ length: classes }, (_, label) => {
    let squares = 0;
    for (let channel = 0; channel < channels; channel++) {
      squares += values[channel * classes + label] ** 2;
    }
    return Math.sqrt(squares);
  });
}
