/**
 * Effective weights of a classifier with learned weight scaling.
 *
 * @module
 */
import { flatten } from "../core/tree.ts";
import type { Model } from "../inference/predict.ts";
import {
  type ClassifierPath,
  type ClassifierWeights,
  classifierWeights,
} from "./classifier_weights.ts";

/**
 * Reads the effective weights of a network's classifier: its weights times the per-class factors of learned weight
 * scaling (LWS), if the network has them.
 *
 * @param model Model whose parameters to read.
 * @param options Path of the classifier.
 * @returns The effective weights.
 * @throws {RangeError} If there is no linear layer at that path; the message lists the available ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const params = { head: { weight: tf.tensor2d([[1, 2], [3, 4]]) }, lws: { scale: tf.tensor1d([1, 10]) } };
 * assertEquals([...scaledClassifierWeights({ params }).values], [1, 20, 3, 40]);
 * ```
 */
export function scaledClassifierWeights(
  model: Pick<Model, "params">,
  options: ClassifierPath = {},
): ClassifierWeights {
  const weights = classifierWeights(model, options);
  const scale = flatten(model.params).find(([path]) => path === "lws/scale")?.[1].dataSync();
  if (!scale) return weights;
  const { values, classes } = weights;
  return { ...weights, values: values.map((value, i) => value * scale[i % classes]) };
}
