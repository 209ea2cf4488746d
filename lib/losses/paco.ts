/**
 * Parametric contrastive learning.
 *
 * @module
 */
import { expectBatch, expectRows } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { rng } from "../core/rng.ts";
import { expectTensors, type TensorsOf } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { detached } from "../engine/ops/mod.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts, logPriors } from "./counts.ts";
import type { StatefulLoss } from "./loss.ts";
import { contrast, sameClass } from "./supervised_contrastive.ts";

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
   * Temperature that products of features are divided by, above 0. Logits are not divided.
   *
   * @default {0.05; ImageNet-LT: 0.2, ResNeXt-50: 0.07}
   */
  readonly temperature?: number;
  /**
   * Length of the queue of keys, at least 1.
   *
   * @default {1024; ImageNet-LT: 8192}
   */
  readonly queue?: number;
}

/**
 * Parametric contrastive loss: each class has a learned centre (its weights in the classifier), which is contrasted
 * like features. Anchors are the queries; columns are the C logits + log π, then q · q′/t, q · k/t and q · queue/t,
 * without the anchor itself. The loss of an anchor is −(β · log p_y + α · Σ_{positives} log p) / (β + α ·
 * |positives|). Evaluation uses the plain logits.
 *
 * Source: Cui et al. 2021, Parametric Contrastive Learning; log π, queue and weights as in its
 * authors' code.
 *
 * The network is one of `momentumContrast`.
 *
 * @param counts Training images of each class.
 * @param options Weights, temperature, queue.
 * @returns The loss, of two views of each image; it uses `"projections"`, the queries `[batch, channels]`, and
 * `"keys"`. Its state is the queue: `queue` `[queue, channels]`, `queueLabels` `[queue]`, newest keys first,
 * initialised to random unit vectors and random classes.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range; when called, if shapes
 * do not fit, or the batch is larger than the queue.
 * @throws {TypeError} When initialised without projections; when called, if the context holds no projections
 * or keys.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { paco } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const { init, apply } = paco([90, 10], { queue: 4 });
 * const queries = tf.tensor2d([[1, 0], [0, 1]]), labels = tf.tensor1d([0, 1], "int32");
 * const context = { progress: 0, projections: queries, keys: queries };
 * const { state } = apply(init({ batch: 2, projections: 2 }), tf.zeros([2, 2]), labels, context);
 * assertEquals([...(state.queueLabels as tf.Tensor).dataSync()].slice(0, 2), [0, 1]);
 * ```
 */
export function paco(
  counts: readonly number[],
  { alpha = 0.01, beta = 1, temperature = 0.05, queue = 1024 }: PacoOptions = {},
): StatefulLoss {
  expectCounts(counts);
  expectRange("at least 0", { alpha });
  expectRange("above 0", { beta, temperature });
  expectRange("an integer of at least 1", { queue });
  const classes = counts.length;
  const prior = logPriors(counts);
  return {
    views: 2,
    uses: ["projections", "keys"],
    init({ batch, projections: channels, seed = 0 }) {
      if (!channels) {
        throw new TypeError(
          "Expected the sizes of paco to contain projections, their channels, but found none",
        );
      }
      expectQueue(batch, queue);
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
    apply(state, logits, labels, context) {
      const queries = inputOf(context, "projections", "paco");
      const keys = inputOf(context, "keys", "paco");
      expectBatch(logits, labels, counts.length);
      expectRows(queries, labels, "queries");
      expectRows(keys, labels, "keys");
      const batch = labels.shape[0];
      expectQueue(batch, queue);
      const before = expectTensors(state, RANKS, "paco");
      const centres: tf.Tensor2D = logits.add(tf.tensor1d(prior));
      const constant = detached(keys);
      const against = tf.concat([queries, constant, before.queue]);
      const products: tf.Tensor2D = tf.matMul(queries, against, false, true).div(temperature);
      const others: tf.Tensor2D = tf.sub(1, tf.pad(tf.eye(batch), [[0, 0], [0, batch + queue]]));
      const classLabels = tf.range(0, classes, 1, "int32");
      const sampleLabels = tf.concat([labels, labels, before.queueLabels]);
      const positives: tf.Tensor2D = tf.concat([
        sameClass(labels, classLabels).mul(beta),
        sameClass(labels, sampleLabels).mul(others).mul(alpha),
      ], 1);
      const weights: tf.Tensor2D = tf.concat<tf.Tensor2D>([tf.ones([batch, classes]), others], 1);
      const columns: tf.Tensor2D = tf.concat([centres, products], 1);
      return {
        loss: contrast(columns, positives, weights).mean(),
        state: enqueue(before, constant, labels),
      };
    },
  };
}

/** Ranks of the tensors of the state. */
const RANKS = { queue: 2, queueLabels: 1 } as const;

/** The state. */
type Queue = TensorsOf<typeof RANKS>;

function expectQueue(batch: number, queue: number): void {
  if (batch <= queue) return;
  throw new RangeError(
    `Expected a batch of at most ${queue} images, the length of the queue, but found ${batch}: use a longer queue`,
  );
}

/** Prepends the newest keys and drops the oldest. */
function enqueue({ queue, queueLabels }: Queue, keys: tf.Tensor2D, labels: tf.Tensor1D): Queue {
  const [size, channels] = queue.shape, kept = size - labels.shape[0];
  return {
    queue: tf.concat([keys, queue.slice([0, 0], [kept, channels])]),
    queueLabels: tf.concat([labels, queueLabels.slice([0], [kept])]),
  };
}
