/**
 * DTRG: features pulled to the centres of their classes, and to the relations between centres.
 *
 * @module
 */
import { expectBatch, expectRows } from "./batch.ts";
import { expectRange } from "../core/expect_range.ts";
import { expectTensors, type TensorsOf } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import {
  detached,
  rows,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  unitVectors,
} from "../engine/ops/mod.ts";
import type { LossDescription } from "./description.ts";
import { inputOf } from "./inputs.ts";
import { expectCounts, imagesOf } from "./counts.ts";
import type { StatefulLoss } from "./loss.ts";

/** Options of {@linkcode dtrg}. */
export interface DtrgOptions {
  /**
   * How an image's similarities to the centres are compared with those of its class's centre: squared distance of
   * exponentials, or Kullback-Leibler divergence of softmaxes.
   *
   * @default {"squared"}
   */
  readonly form?: "squared" | "divergence";
  /**
   * Temperature of the similarities, above 0.
   *
   * @default {1 for squared distances, 0.1 for divergences}
   */
  readonly tau?: number;
  /**
   * Weight of the relations, at least 0.
   *
   * @default {1 for squared distances, 5 for divergences}
   */
  readonly eta?: number;
  /**
   * Weight of the distance to the centre, at least 0.
   *
   * @default {0.001}
   */
  readonly centre?: number;
}

/**
 * CE + λ · ‖x − m_y‖² + η · R, means over the batch, with centres m_c: the mean training features of each
 * class in the last epoch. R = Σ_c (exp(cos(m_y, m_c)/τ) − exp(cos(x, m_c)/τ))², or the divergence of the
 * softmax of cos(x, m)/τ from that of cos(m_y, m)/τ. In the first epoch the loss is CE.
 *
 * An epoch has ⌈images / batch⌉ steps. A class not drawn in an epoch keeps its centre; one never drawn is ignored.
 * The state is `centres`, `known` (1 for classes that have a centre), the `sums` and counts (`seen`) of the current
 * epoch, and the `step` within it.
 *
 * It uses features, which its context must hold.
 *
 * Source: Liu et al. 2022, Convolutional Fine-Grained Classification with Self-Supervised Target Relation
 * Regularization.
 *
 * @param counts Training images of each class.
 * @param options Form, temperature, weights.
 * @returns The loss, with a state; it uses `"features"`.
 * @throws {RangeError} If a count is not above 0, or an option is out of its range.
 * @throws {TypeError} When called, if the context holds no features, or when initialised, if their channels
 * are not known.
 *
 * @example In the first epoch it is cross-entropy, and accumulates centres
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { dtrg } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const { init, apply } = dtrg([1, 1]);
 * const features = tf.tensor2d([[1, 0], [0, 3]]);
 * const { loss, state } = apply(
 *   init({ batch: 2, channels: 2 }), tf.zeros([2, 2]), tf.tensor1d([0, 1], "int32"),
 *   { progress: 0, features },
 * );
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * assertEquals([...(state.centres as tf.Tensor).dataSync()], [1, 0, 0, 3]);
 * ```
 */
export function dtrg(counts: readonly number[], options: DtrgOptions = {}): StatefulLoss {
  const { form = "squared", centre = 1e-3 } = options;
  if (form !== "squared" && form !== "divergence") {
    throw new RangeError(`Expected form to be squared or divergence but found ${form}`);
  }
  const { tau = form === "squared" ? 1 : 0.1, eta = form === "squared" ? 1 : 5 } = options;
  expectCounts(counts);
  expectRange("above 0", { tau });
  expectRange("at least 0", { eta, centre });
  const classes = counts.length;
  const images = imagesOf(counts);

  /** Accumulates a batch; at the end of an epoch, the means become the centres. */
  const gather = (state: Centres, features: tf.Tensor2D, labels: tf.Tensor1D): Centres => {
    const sumsOf = (x: tf.Tensor) => tf.unsortedSegmentSum(x, labels, classes);
    const sums: tf.Tensor2D = state.sums.add(sumsOf(features));
    const seen: tf.Tensor1D = state.seen.add(sumsOf(tf.ones(labels.shape)));
    const step = state.step.add(1);
    const last = step.greaterEqual(Math.ceil(images / features.shape[0])).toFloat();
    const continues = tf.sub(1, last);
    const fresh = seen.minimum(1).mul(last).expandDims(1);
    const means = sums.div(seen.maximum(1).expandDims(1));
    return {
      centres: state.centres.mul(tf.sub(1, fresh)).add(means.mul(fresh)),
      known: state.known.maximum(seen.minimum(1).mul(last)),
      sums: sums.mul(continues),
      seen: seen.mul(continues),
      step: step.mul(continues),
    };
  };

  /** R of each image whose class has a centre. */
  const relations = (x: tf.Tensor2D, own: tf.Tensor2D, { centres, known }: Centres) => {
    const directions = unitVectors(centres, 1);
    const similarities = (rows: tf.Tensor2D): tf.Tensor2D =>
      tf.matMul(unitVectors(rows, 1), directions, false, true).div(tau);
    const target = similarities(own), found = similarities(x);
    if (form === "squared") return target.exp().sub(found.exp()).square().mul(known).sum(1);
    const absent = tf.sub(1, known).mul(-1e9), scores: tf.Tensor2D = target.add(absent);
    const probabilities = tf.softmax(scores);
    const entropy = probabilities.mul(tf.logSoftmax(scores)).sum(1);
    return softmaxCrossEntropy(found.add(absent), probabilities).add(entropy);
  };

  return {
    uses: ["features"],
    init({ channels }) {
      if (channels === undefined) {
        throw new TypeError("Expected the sizes of dtrg to contain channels but found none");
      }
      return {
        centres: tf.zeros([classes, channels]),
        known: tf.zeros([classes]),
        sums: tf.zeros([classes, channels]),
        seen: tf.zeros([classes]),
        step: tf.scalar(0),
      };
    },
    apply(state, logits, labels, context) {
      expectBatch(logits, labels, counts.length);
      const features = inputOf(context, "features", "dtrg");
      expectRows(features, labels, "features");
      const before = expectTensors(state, RANKS, "dtrg");
      const crossEntropy = sparseSoftmaxCrossEntropy(logits, labels);
      const own = rows(before.centres, labels), counted = rows(before.known, labels);
      const distance = features.sub(own).square().sum(1).mul(centre);
      const pull = distance.add(relations(features, own, before).mul(eta)).mul(counted);
      return {
        loss: crossEntropy.add(pull).mean(),
        state: gather(before, detached(features), labels),
      };
    },
  };
}

/** Ranks of the tensors of the state. */
const RANKS = { centres: 2, known: 1, sums: 2, seen: 1, step: 0 } as const;

/** @ignore Its description. */
dtrg.description = {
  token: "dtrg",
  about: "DTRG's class centres",
  source: "Liu et al. 2022",
  loss: (counts) => dtrg(counts),
  refuses: { "mixed images": "draws each image to the centre of its one class" },
  rows: { "Table III": "DTRG" },
} satisfies LossDescription as LossDescription;

/** The state. */
type Centres = TensorsOf<typeof RANKS>;
