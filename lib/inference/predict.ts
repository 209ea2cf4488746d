/**
 * Predictions of a network.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { Network } from "../nn/network.ts";
import { copyRows, forward, type ForwardOptions } from "./forward.ts";

/** A network with its parameters. */
export interface Model {
  /** The network. */
  readonly network: Network;
  /** Learned parameters. */
  readonly params: Params;
  /** Running statistics. */
  readonly state: Params;
}

/** Options of {@linkcode predict}. */
export type PredictOptions = ForwardOptions;

/** Predictions for every image of a data set, in order. */
export interface Predictions {
  /** Logits, `[images, classes]`, row-major. */
  readonly logits: Float32Array;
  /** Softmax of the logits, same shape. */
  readonly probabilities: Float32Array;
  /** Class of the largest logit, `[images]`. */
  readonly predicted: Int32Array;
  /** True class, `[images]`. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly classes: number;
}

/** A network prepared for repeated application. */
export interface Predictor {
  /**
   * Applies the network to every image of a data set.
   *
   * @param model Parameters and statistics; the caller keeps ownership.
   * @param dataset The images.
   * @param signal When aborted, no further batch is computed, and its reason is thrown.
   */
  predict(
    model: Pick<Model, "params" | "state">,
    dataset: ImageDataset,
    signal?: AbortSignal,
  ): Promise<Predictions>;
  /** Frees the traced computation. */
  dispose(): void;
}

/**
 * Prepares the computation of a network's output in evaluation mode.
 *
 * @param network The network.
 * @param options Batch size, precision, name in profiles.
 * @returns The computation, from parameters and statistics.
 */
export function forwardLogits(network: Network, options: PredictOptions & { name?: string }) {
  return forward(
    ({ images }, params: Params, state: Params) =>
      network.apply(params, state, images, { training: false }).y,
    options,
  );
}

/**
 * Prepares a network for repeated prediction, so that it is traced only once.
 *
 * @param network The network.
 * @param options Batch size and precision.
 * @returns The predictor.
 * @throws {RangeError} If the batch size is not a positive integer.
 */
export function predictor(network: Network, options: PredictOptions = {}): Predictor {
  const forward = forwardLogits(network, { ...options, name: "predict" });
  return {
    async predict({ params, state }, dataset, signal) {
      const { labels } = dataset;
      let logits = new Float32Array(0);
      await forward.each([params, state], dataset, async (y, first, count) => {
        if (first === 0) logits = new Float32Array(labels.length * y.shape[1]!);
        await copyRows(y, logits, first, count);
      }, signal);
      return predictionsOf(logits, labels);
    },
    dispose: () => forward.dispose(),
  };
}

/**
 * Applies a network to every image of a data set, in evaluation mode, without augmentation.
 *
 * @param model Network, parameters, statistics; the caller keeps ownership of the tensors.
 * @param dataset The images.
 * @param options Batch size and precision.
 * @returns Logits, probabilities and predicted classes in the order of the data set.
 * @throws {RangeError} If the batch size is not a positive integer.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 * import { predict } from "@nbn/toolkit/train";
 *
 * await engine();
 * const { test } = builtin();
 * const some = { ...test, labels: test.labels.slice(0, 5) };
 * const network = resnetCifar({ depth: 8, classes: test.classNames.length });
 * const { predicted } = await predict({ network, ...network.init(0, test.shape) }, some);
 * assertEquals(predicted.length, 5);
 * ```
 */
export async function predict(
  model: Model,
  dataset: ImageDataset,
  options: PredictOptions = {},
): Promise<Predictions> {
  const network = predictor(model.network, options);
  try {
    return await network.predict(model, dataset);
  } finally {
    network.dispose();
  }
}

/**
 * Computes predictions from logits.
 *
 * @param logits Logits, `[images, classes]`, row-major.
 * @param labels True class, `[images]`.
 * @returns The predictions.
 */
export function predictionsOf(logits: Float32Array, labels: Int32Array): Predictions {
  const images = labels.length;
  const classes = images === 0 ? 0 : logits.length / images;
  const probabilities = new Float32Array(logits.length);
  const predicted = new Int32Array(images);
  for (let image = 0; image < images; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const best = largest(row);
    predicted[image] = best;
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - row[best]);
    row.forEach((logit, c) => {
      probabilities[image * classes + c] = Math.exp(logit - row[best]) / sum;
    });
  }
  return { logits, probabilities, predicted, labels, classes };
}

/**
 * Returns the index of the largest value, the first one on ties.
 *
 * @param values Values, for instance the logits of an image.
 * @returns The index, from 0.
 */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
