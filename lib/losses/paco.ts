/**
 * Parametric contrastive learning.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { flatten, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached } from "../engine/ops/mod.ts";
import { expectClasses, expectCounts } from "./counts.ts";
import { expectRange } from "./ranges.ts";
import { contrast, expectLabelled, sameClass } from "./supervised_contrastive.ts";

/** Options of {@linkcode paco}. */
export interface PacoOptions {
  /**
   * Weight of a positive sample, at least 0.
   *
   * @default {0.01; ImageNet-LT: 0.05}
   */
  readonly alpha?: number;
  /**
   * Weight of the class's own centre, above 0.
   *
   * @default {1}
   */
  readonly beta?: number;
  /**
   * What products of features are divided by, above 0. Logits are not divided.
   *
   * @default {0.05; ImageNet-LT: 0.2, ResNeXt-50: 0.07}
   */
  readonly temperature?: number;
  /**
   * Keys remembered, at least 1.
   *
   * @default {1024; ImageNet-LT: 8192}
   */
  readonly queue?: number;
}

/** What {@linkcode Paco.apply} compares. */
export interface PacoInputs {
  /** Of the query view, from the features before projection, `[batch, classes]`. */
  readonly logits: tf.Tensor2D;
  /** Class of each image, `[batch]`, int32. */
  readonly labels: tf.Tensor1D;
  /** Projections of the query view, `[batch, channels]`, of length 1. */
  readonly queries: tf.Tensor2D;
  /** Projections of the key view by the momentum network, of the same shape; no gradient flows into them. */
  readonly keys: tf.Tensor2D;
}

/** Parametric contrast with a queue. */
export interface Paco {
  /**
   * Makes the queue: unit vectors of random directions and random classes.
   *
   * @param sizes Channels of the projections, and a seed.
   * @returns `queue` `[queue, channels]`, `queueLabels` `[queue]`, int32.
   */
  init(sizes: { readonly channels: number; readonly seed: number }): Params;
  /**
   * The loss of a batch.
   *
   * @param state From `init` or from the batch before.
   * @param inputs Logits, labels, projections of both views.
   * @returns The loss, a scalar, and the state with the keys in front.
   */
  apply(state: Params, inputs: PacoInputs): { loss: tf.Scalar; state: Params };
}

/**
 * Parametric contrast: each class has a learned centre (its row of the classifier) that is contrasted as
 * features are. Anchors are the queries; columns the C logits + log π, then q · q′/t, q · k/t and q ·
 * queue/t, the anchor itself left out. The loss of an anchor is −(β · log p_y + α · Σ_{positives} log p) /
 * (β + α · |positives|). At test the plain logits count.
 *
 * Source: Cui et al. 2021, Parametric Contrastive Learning; log π, queue and weights as in its
 * authors' code.
 *
 * @param counts Training images of each class.
 * @param options Weights, temperature, queue.
 * @returns The loss with its queue.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes
 * do not fit, or the batch is larger than the queue.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { init, apply } = paco([90, 10], { queue: 4 });
 * const queries = tf.tensor2d([[1, 0], [0, 1]]);
 * const { state } = apply(init({ channels: 2, seed: 0 }), {
 *   logits: tf.zeros([2, 2]), labels: tf.tensor1d([0, 1], "int32"), queries, keys: queries,
 * });
 * assertEquals([...(state.queueLabels as tf.Tensor).dataSync()].slice(0, 2), [0, 1]);
 * ```
 */
export function paco(
  counts: readonly number[],
  { alpha = 0.01, beta = 1, temperature = 0.05, queue = 1024 }: PacoOptions = {},
): Paco {
  expectCounts(counts);
  expectRange("at least 0", { alpha });
  expectRange("above 0", { beta, temperature });
  if (!Number.isSafeInteger(queue) || queue < 1) {
    throw new RangeError(`Expected queue to be an integer of at least 1 but found ${queue}`);
  }
  const classes = counts.length;
  const images = counts.reduce((sum, count) => sum + count, 0);
  const prior = counts.map((count) => Math.log(count / images));
  return {
    init({ channels, seed }) {
      const random = rng(seed).fork("queue");
      const directions = Float32Array.from({ length: queue * channels }, () => random.normal());
      for (let row = 0; row < queue; row++) {
        const vector = directions.subarray(row * channels, (row + 1) * channels);
        const length = Math.hypot(...vector);
        vector.forEach((value, i) => vector[i] = value / length);
      }
      const labels = Int32Array.from({ length: queue }, () => random.below(classes));
      return {
        queue: tf.tensor2d(directions, [queue, channels]),
        queueLabels: tf.tensor1d(labels, "int32"),
      };
    },
    apply(state, { logits, labels, queries, keys }) {
      expectClasses(logits, counts);
      expectLabelled(queries, labels, "queries");
      expectLabelled(keys, labels, "keys");
      const batch = labels.shape[0];
      if (batch > queue) {
        throw new RangeError(`Expected a batch of at most ${queue}, the queue, but found ${batch}`);
      }
      const centres = logits.add(tf.tensor1d(prior));
      const constant = detached(keys);
      const against = tf.concat([queries, constant, state.queue as tf.Tensor2D]);
      const products = tf.matMul(queries, against, false, true).div(temperature);
      const others = tf.sub(1, tf.pad(tf.eye(batch), [[0, 0], [0, batch + queue]]));
      const classLabels = tf.range(0, classes, 1, "int32") as tf.Tensor1D;
      const sampleLabels = tf.concat([labels, labels, state.queueLabels as tf.Tensor1D]);
      const positives = tf.concat([
        sameClass(labels, classLabels).mul(beta),
        sameClass(labels, sampleLabels).mul(others).mul(alpha),
      ], 1) as tf.Tensor2D;
      const weights = tf.concat([tf.ones([batch, classes]), others], 1) as tf.Tensor2D;
      const columns = tf.concat([centres, products], 1) as tf.Tensor2D;
      return {
        loss: contrast(columns, positives, weights).mean(),
        state: enqueue(state, constant, labels),
      };
    },
  };
}

/** The newest in front; the oldest fall out at the end. */
function enqueue(state: Params, keys: tf.Tensor2D, labels: tf.Tensor1D): Params {
  const queue = state.queue as tf.Tensor2D, queueLabels = state.queueLabels as tf.Tensor1D;
  const [size, channels] = queue.shape, kept = size - labels.shape[0];
  return {
    queue: tf.concat([keys, queue.slice([0, 0], [kept, channels])]),
    queueLabels: tf.concat([labels, queueLabels.slice([0], [kept])]),
  };
}

/**
 * The momentum network's parameters after a step: m · key + (1 − m) · query.
 *
 * Source: He et al. 2020, Momentum Contrast for Unsupervised Visual Representation Learning, equation 2.
 *
 * @param key Parameters of the momentum network.
 * @param query Parameters of the trained network, with the same paths.
 * @param momentum m, 0 to 1; 0.999 in PaCo.
 * @returns New parameters of the momentum network.
 * @throws {RangeError} If m is not from 0 to 1, or a path is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { x } = momentumUpdate({ x: tf.scalar(0) }, { x: tf.scalar(8) }, 0.75);
 * assertEquals((x as tf.Tensor).dataSync()[0], 2);
 * ```
 */
export function momentumUpdate(key: Params, query: Params, momentum = 0.999): Params {
  expectRange("from 0 to 1", { momentum });
  const trained = new Map(flatten(query));
  return mapTree(key, (tensor, path) => {
    const other = trained.get(path);
    if (!other) throw new RangeError(`Expected parameters for ${path} but found none`);
    return tensor.mul(momentum).add(other.mul(1 - momentum));
  });
}
