/**
 * Memory-based jitter.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, randomUniform, sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import type { AppliedClassifier } from "../nn/module.ts";
import { expectBatch, expectRows } from "./batch.ts";
import { expectCounts } from "./counts.ts";
import { inputOf } from "./inputs.ts";
import { type AnyLoss, stateful, type StatefulLoss } from "./loss.ts";
import { emptyMemory, type Memory, memoryOf, remember } from "./memory.ts";
import { weightsOf } from "./weighting.ts";

/** Options of {@linkcode mbj}. */
export interface MbjOptions {
  /**
   * Length of the memory, an integer of at least 1.
   *
   * @default {16 for each class, rounded up to a power of two from 512 to 16,384}
   */
  readonly size?: number;
  /**
   * β: how strongly rare classes are preferred, at least 0; with 0, every image enters the memory.
   *
   * @default {1}
   */
  readonly beta?: number;
  /**
   * λ: weight of the memory's loss, at least 0.
   *
   * @default {1}
   */
  readonly weight?: number;
  /**
   * Fraction of the training from which on the memory contributes to the loss, in [0, 1]. It is filled from the start.
   *
   * @default {0.5}
   */
  readonly memoryFrom?: number;
  /**
   * Number of equal steps, over the rest of the training, in which λ rises to its full value; at each, the training step
   * is traced again.
   *
   * @default {4}
   */
  readonly steps?: number;
  /**
   * Whether the loss is one mean over the images of the batch and those of the memory, instead of the sum of two means.
   * A long memory then leaves the batch, and with it the backbone, a small part of the gradient.
   *
   * @default {false}
   */
  readonly pooled?: boolean;
  /**
   * Factor on the logits of the memory, above 0: 30 for the cosines that LDAM multiplies by 30.
   *
   * @default {1}
   */
  readonly scale?: number;
}

/**
 * Any loss L of a batch plus λ · the mean cross-entropy of remembered features, which only the classifier learns from:
 * features of earlier batches, and so of earlier editions of the network, that are balanced between the classes.
 *
 * An image of class c enters the memory with probability (n_min / n_c)^β; the memory is a queue, so the oldest features
 * leave. Of a network of several experts, an image's features of all experts enter together, and the cross-entropies of
 * the experts are added. Pooled, the loss is (b · L + λ · the sum of the memory's cross-entropies) / (b + λ · m), with b
 * images in the batch and m in the memory.
 *
 * **A reconstruction**: the paper's text was not available. The memory of features, its sampling by class and the joint
 * training of the classifier are described in its abstract and figures; the probability is inferred from "inverse
 * frequency"; weight, length, start and the sum of two means are chosen here.
 *
 * Source: Liu et al. 2022, Memory-based Jitter: Improving Visual Recognition on Long-tailed Data with Diversity In
 * Memory.
 *
 * @param loss Any loss of one view of each image.
 * @param counts Training images of each class.
 * @param options Length, β, λ, start, form.
 * @returns The loss; it uses `"features"`, `"classifiers"` and `"seed"`. Its state `memory` contains `features`
 * `[size, channels]` and `labels` `[size]`, newest first; the label of an empty place is -1.
 * @throws {RangeError} If a count is not above 0, an option is out of its range, or the loss takes several views.
 * @throws {TypeError} When called, if the context lacks an input; when initialised, if the channels of the features are
 * not known.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { crossEntropy, mbj } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const { init, apply } = mbj(crossEntropy(), [1, 1], { size: 3 });
 * const features = tf.tensor2d([[1, 0], [0, 3]]);
 * const { state } = apply(
 *   init({ batch: 2, channels: 2 }), tf.zeros([2, 2]), tf.tensor1d([0, 1], "int32"),
 *   {
 *     progress: 0,
 *     features,
 *     classifiers: [{ channels: 2, logits: (features) => features }],
 *     seed: tf.tensor1d([0, 0], "int32"),
 *   },
 * );
 * const memory = state.memory as Record<string, tf.Tensor>;
 * assertEquals([...memory.labels.dataSync()], [0, 1, -1]);
 * assertEquals([...memory.features.dataSync()], [1, 0, 0, 3, 0, 0]);
 * ```
 */
export function mbj(
  loss: AnyLoss,
  counts: readonly number[],
  {
    size = lengthFor(counts.length),
    beta = 1,
    weight = 1,
    memoryFrom = 0.5,
    steps = 4,
    pooled = false,
    scale = 1,
  }: MbjOptions = {},
): StatefulLoss {
  expectCounts(counts);
  expectRange("an integer of at least 1", { size, steps });
  expectRange("at least 0", { beta, weight });
  expectRange("from 0 to 1", { memoryFrom });
  expectRange("above 0", { scale });
  const own = stateful(loss);
  if ((own.views ?? 1) > 1) {
    throw new RangeError(`Expected a loss of one view of each image but found ${own.views} views`);
  }
  const smallest = Math.min(...counts);
  const admission = counts.map((count) => (smallest / count) ** beta);
  const starts = Array.from({ length: steps }, (_, i) => memoryFrom + i * (1 - memoryFrom) / steps);

  /** Sum of the remembered images' losses, and their number. */
  const remembered = ({ features, labels }: Memory, classifiers: readonly AppliedClassifier[]) => {
    const known = labels.greaterEqual(0).toFloat();
    const classes: tf.Tensor1D = labels.maximum(tf.scalar(0, "int32"));
    const widths = classifiers.map(({ channels }) => channels);
    const parts = widths.length === 1 ? [features] : tf.split<tf.Tensor2D>(features, widths, 1);
    const losses = classifiers.map(({ logits }, i) => {
      const found: tf.Tensor2D = logits(parts[i]).mul(scale);
      return sparseSoftmaxCrossEntropy(found, classes).mul(known).sum();
    });
    return { sum: tf.addN(losses), number: known.sum() };
  };

  /** Adds the memory's part to the loss of a batch. */
  const withMemory = (
    own: tf.Scalar,
    batch: number,
    factor: number,
    memory: () => ReturnType<typeof remembered>,
  ): tf.Scalar => {
    // Bit for bit the loss alone, and nothing computed for it.
    if (factor === 0) return own;
    const { sum, number } = memory();
    return pooled
      ? own.mul(batch).add(sum.mul(factor)).div(number.mul(factor).add(batch))
      : own.add(sum.mul(factor).div(number.maximum(1)));
  };

  return {
    phases: [...new Set([...own.phases ?? [], ...starts])].sort((a, b) => a - b),
    uses: [...new Set([...own.uses ?? [], "features", "classifiers", "seed"] as const)],
    init(sizes) {
      const { channels } = sizes;
      if (channels === undefined) {
        throw new TypeError("Expected the sizes of mbj to contain channels but found none");
      }
      return { ...own.init(sizes), memory: emptyMemory(size, channels) };
    },
    apply(state, logits, labels, context = { progress: 1 }) {
      expectBatch(logits, labels, counts.length);
      const features = inputOf(context, "features", "mbj");
      expectRows(features, labels, "features");
      const seed = inputOf(context, "seed", "mbj"), before = memoryOf(state, "mbj");
      const found = own.apply(state, logits, labels, context);
      const draws = randomUniform(labels.shape, seedOf(seed));
      const admitted = draws.less(weightsOf(admission, labels, counts.length)).toFloat();
      const memory = remember(before, detached(features), labels, admitted as tf.Tensor1D);
      const risen = starts.filter((start) => context.progress >= start).length;
      return {
        loss: withMemory(
          found.loss,
          labels.shape[0],
          weight * risen / steps,
          () => remembered(before, inputOf(context, "classifiers", "mbj")),
        ),
        state: { ...found.state, memory },
      };
    },
  };
}

/** 16 images for each class: more would be older, fewer would not cover the classes. */
function lengthFor(classes: number): number {
  return Math.min(16_384, Math.max(512, 2 ** Math.ceil(Math.log2(16 * classes))));
}

/** Makes the draws independent of those of the loss of the batch. */
function seedOf(seed: tf.Tensor1D): tf.Tensor1D {
  return seed.add(tf.tensor1d([MEMORY, 0], "int32"));
}

/** Any number, for the generator decorrelates seeds; not one of those that `rideLoss` adds for its experts. */
const MEMORY = 0x6d626a;
