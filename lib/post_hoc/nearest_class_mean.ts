/**
 * The nearest-class-mean classifier.
 *
 * @module
 */
import { expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { unitVectors } from "../engine/ops/mod.ts";
import type { FeatureModule } from "../nn/with_features.ts";

/** Statistics of a training set for {@linkcode nearestClassMean}. */
export interface ClassMeans {
  /** Mean of all training features, `[channels]`. */
  readonly centre: tf.Tensor1D;
  /** Mean of each class's features, centred and of length 1, `[classes, channels]`. */
  readonly means: tf.Tensor2D;
}

/** Options of {@linkcode nearestClassMean}. */
export interface NearestClassMeanOptions {
  /**
   * Distance to the means.
   *
   * @default {"euclidean"}
   */
  readonly distance?: "euclidean" | "cosine";
}

/**
 * Computes the class means of a training set's features, after centring them (subtracting the overall mean) and
 * normalising them to length 1.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition; centring
 * and length as in its authors' code.
 *
 * @param features Shape `[images, channels]`.
 * @param labels Shape `[images]`, int32, from 0 to classes − 1.
 * @param classes Number of classes.
 * @returns Centre and means; the mean of a class without images is 0.
 * @throws {RangeError} If there is no image, or not one label for each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { classMeans } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const features = tf.tensor2d([[3, 1], [-1, 1]]);
 * const { means } = classMeans(features, tf.tensor1d([0, 1], "int32"), 2);
 * assertEquals([...means.dataSync()], [1, 0, -1, 0]);
 * ```
 */
export function classMeans(
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  classes: number,
): ClassMeans {
  if (features.rank !== 2 || features.shape[0] !== labels.shape[0] || features.shape[0] === 0) {
    throw new RangeError(
      `Expected features [images, channels] and a label for each image but found [${features.shape}] and ` +
        `[${labels.shape}]`,
    );
  }
  const centre: tf.Tensor1D = features.mean(0);
  const directions = centred(features, centre);
  const sums = tf.unsortedSegmentSum(directions, labels, classes);
  const images = tf.unsortedSegmentSum(tf.ones(labels.shape), labels, classes);
  return { centre, means: sums.div(images.maximum(1).expandDims(1)) };
}

/**
 * Scores features by their proximity to each class's mean.
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition.
 *
 * @param features Shape `[batch, channels]`.
 * @param known From {@linkcode classMeans}.
 * @param options Distance.
 * @returns The negative squared distance to each mean, or the cosine to it, `[batch, classes]`: the largest is that
 * of the nearest class.
 * @throws {RangeError} If the number of channels differs, or the distance is unknown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { nearestClassMean } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const known = { centre: tf.tensor1d([0, 0]), means: tf.tensor2d([[1, 0], [0, 1]]) };
 * const scores = nearestClassMean(tf.tensor2d([[5, 1]]), known);
 * assertEquals(scores.argMax(1).dataSync()[0], 0);
 * ```
 */
export function nearestClassMean(
  features: tf.Tensor2D,
  { centre, means }: ClassMeans,
  { distance = "euclidean" }: NearestClassMeanOptions = {},
): tf.Tensor2D {
  if (features.rank !== 2 || features.shape[1] !== means.shape[1]) {
    throw new RangeError(
      `Expected features [batch, ${means.shape[1]}], as the means, but found [${features.shape}]`,
    );
  }
  const directions = centred(features, centre);
  if (distance === "cosine") return tf.matMul(directions, unitVectors(means, 1), false, true);
  if (distance !== "euclidean") {
    throw new RangeError(`Expected distance to be euclidean or cosine but found ${distance}`);
  }
  const products = tf.matMul(directions, means, false, true).mul(2);
  return products.sub(means.square().sum(1)).sub(directions.square().sum(1, true));
}

/**
 * Replaces a network's logits in evaluation by the scores of {@linkcode nearestClassMean}, once the state `centre`
 * and `means` is set to the result of `classMeans` and `known` to 1 (0 initially).
 *
 * Source: Kang et al. 2020, Decoupling Representation and Classifier for Long-Tailed Recognition.
 *
 * @returns The module, for `withFeatures`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nearestClassMeanLayer } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const { state } = nearestClassMeanLayer().init(rng(0), { channels: 64, classes: 10 });
 * assertEquals(Object.keys(state), ["centre", "means", "known"]);
 * ```
 */
export function nearestClassMeanLayer(): FeatureModule {
  return {
    init: (_random, { channels, classes }) => ({
      outputShape: [classes],
      params: {},
      state: {
        centre: tf.zeros([channels]),
        means: tf.zeros([classes, channels]),
        known: tf.scalar(0),
      },
    }),
    apply(_params, state, { logits, features }, { training }) {
      if (training) return { y: logits, state };
      const { known, ...means } = expectTensors(state, { centre: 1, means: 2, known: 0 }, "ncm");
      const scores = nearestClassMean(features, means);
      return { y: logits.add(scores.sub(logits).mul(known)), state };
    },
  };
}

function centred(features: tf.Tensor2D, centre: tf.Tensor1D): tf.Tensor2D {
  return unitVectors(features.sub(centre), 1);
}
