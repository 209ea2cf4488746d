/**
 * What a network says about images.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { traced } from "../engine/traced.ts";
import { orderedBatches } from "../data/batches/mod.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { Network } from "../nn/network.ts";
import type { Precision } from "./result.ts";

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
export interface PredictOptions {
  /**
   * Images computed at once; the result does not depend on it.
   *
   * @default {250}
   */
  readonly batch?: number;
  /**
   * Precision of the computation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
}

/** What a network says about every image of a data set, in its order. */
export interface Predictions {
  /** Shape `[images, classes]`, row by row. */
  readonly logits: Float32Array;
  /** Softmax of the logits, of the same shape. */
  readonly probabilities: Float32Array;
  /** Class of the largest logit, `[images]`. */
  readonly predicted: Int32Array;
  /** True class, `[images]`. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly classes: number;
}

/** A network ready to be applied again and again. */
export interface Predictor {
  /**
   * Applies the network to every image of a data set.
   *
   * @param model Parameters and statistics; they stay the caller's.
   * @param dataset The images.
   */
  predict(model: Pick<Model, "params" | "state">, dataset: ImageDataset): Promise<Predictions>;
  /** Frees the recordings. */
  dispose(): void;
}

/**
 * Prepares a network for {@linkcode predict}: recorded once, however often it is applied.
 *
 * @param network The network.
 * @param options Batch and precision.
 * @returns The predictor.
 * @throws {RangeError} If the batch is not a positive integer.
 */
export function predictor(
  network: Network,
  { batch = 250, precision = "float32" }: PredictOptions = {},
): Predictor {
  if (!Number.isSafeInteger(batch) || batch < 1) {
    throw new RangeError(`Expected batch to be an integer of at least 1 but found ${batch}`);
  }
  const forward = traced(
    (params: Params, state: Params, images: tf.Tensor) =>
      network.apply(params, state, images, { training: false }).y,
    { name: "predict", precision },
  );
  return {
    async predict({ params, state }, dataset) {
      const images = dataset.labels.length;
      const size = Math.min(batch, images);
      let logits = new Float32Array(0);
      let done = 0;
      const ordered = orderedBatches(dataset, { batch: size });
      try {
        for await (const { images: pixels, labels } of ordered) {
          const x = padded(pixels, size, dataset.shape);
          const y = await forward(params, state, x);
          x.dispose();
          const values = await y.data() as Float32Array;
          const classes = y.shape[1]!;
          y.dispose();
          if (done === 0) logits = new Float32Array(images * classes);
          logits.set(values.subarray(0, labels.length * classes), done * classes);
          done += labels.length;
        }
      } finally {
        await ordered.close();
      }
      return summarise(logits, dataset.labels);
    },
    dispose: () => forward.dispose(),
  };
}

/**
 * Applies a network to every image of a data set, in evaluation mode, without augmentation.
 *
 * @param model Network, parameters, statistics; they stay the caller's.
 * @param dataset The images.
 * @param options Batch and precision.
 * @returns Logits, probabilities and predicted classes in the order of the data set.
 * @throws {RangeError} If the batch is not a positive integer.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/builtin/mod.ts";
 * import { engine } from "../engine/engine.ts";
 * import { resnetCifar } from "../nn/resnet_cifar.ts";
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

/** A batch of always the same size, so that one recording serves the last batch too. */
function padded(pixels: Float32Array, size: number, shape: readonly number[]): tf.Tensor {
  const length = size * shape.reduce((product, side) => product * side, 1);
  let whole = pixels;
  if (pixels.length < length) {
    whole = new Float32Array(length);
    whole.set(pixels);
  }
  return tf.tensor(whole, [size, ...shape], "float32");
}

function summarise(logits: Float32Array, labels: Int32Array): Predictions {
  const images = labels.length;
  const classes = images === 0 ? 0 : logits.length / images;
  const probabilities = new Float32Array(logits.length);
  const predicted = new Int32Array(images);
  for (let image = 0; image < images; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    let best = 0;
    for (let c = 1; c < classes; c++) if (row[c] > row[best]) best = c;
    predicted[image] = best;
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - row[best]);
    row.forEach((logit, c) => {
      probabilities[image * classes + c] = Math.exp(logit - row[best]) / sum;
    });
  }
  return { logits, probabilities, predicted, labels, classes };
}
