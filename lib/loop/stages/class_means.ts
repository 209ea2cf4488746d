/**
 * Initialises a stage with the nearest-class-mean classifier.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { classMeans } from "../../post_hoc/nearest_class_mean.ts";
import { trainingFeatures } from "./features.ts";
import type { StageHook } from "./stage.ts";

/**
 * Computes centre and class means of the training features, for a network that ends in `nearestClassMeanLayer()`.
 *
 * @param part Name of that layer.
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { measureClassMeans } from "@nbn/toolkit/train";
 *
 * assertEquals(measureClassMeans("ncm").about, "class means of the training features measured");
 * ```
 */
export function measureClassMeans(part: string): StageHook {
  return {
    about: "class means of the training features measured",
    async change(transition) {
      const { values, channels, labels } = await trainingFeatures(transition);
      const { centre, means } = tf.tidy(() => ({
        ...classMeans(
          tf.tensor2d(values, [labels.length, channels]),
          tf.tensor1d(labels, "int32"),
          transition.counts.length,
        ),
      }));
      return {
        state: new Map<string, tf.Tensor>([
          [`${part}/centre`, centre],
          [`${part}/means`, means],
          [`${part}/known`, tf.scalar(1)],
        ]),
      };
    },
  };
}
