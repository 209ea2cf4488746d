/**
 * Image mixing during training: mixup, CutMix, remix, CMO.
 *
 * @module
 */
import type { Rng } from "../core/rng.ts";
import type { tf } from "../deps/tfjs.ts";
import { cmo, cmoActive, cutMix, type Mixable, type Mixed, mixup, remix } from "../data/mix/mod.ts";
import { oneHot } from "../engine/ops/mod.ts";
import type { Loss, LossContext } from "../losses/loss.ts";
import { mixedLoss } from "../losses/mixed.ts";
import { classBalancedSampler } from "../samplers/mod.ts";
import type { Sampler } from "../samplers/stream.ts";

/**
 * A loss of mixed images, averaged over the batch.
 *
 * @param logits Shape `[batch, classes]`.
 * @param labels First class of each image, `[batch]`, int32.
 * @param partners Second class of each image, `[batch]`, int32.
 * @param shares Weight λ of the first class, `[batch]`.
 * @param context Progress of the training and further inputs of the loss.
 */
export type MixedBatchLoss = (
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  partners: tf.Tensor1D,
  fractions: tf.Tensor1D,
  context?: LossContext,
) => tf.Scalar;

/** Inputs of mixing that depend on the batch and the data set. */
export interface MixingContext {
  /** Random stream of the batch. */
  readonly random: Rng;
  /** Shape of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Training images of each class. */
  readonly counts: readonly number[];
}

/** An image mixing method of a stage. */
export interface Mixing {
  /** Name of the method in `config.json`. */
  readonly name: string;
  /**
   * Sampler of a second batch, parts of which are pasted into the first.
   *
   * @default {none: images of the batch are mixed with each other}
   */
  readonly partner?: Sampler;
  /**
   * Whether to mix in an epoch; images of other epochs are unmixed.
   *
   * @default {in all}
   * @param epoch Index of the epoch, from 0.
   * @param epochs Number of epochs of the stage and the stages that continue it.
   */
  readonly active?: (epoch: number, epochs: number) => boolean;
  /**
   * Mixes a batch without changing its inputs.
   *
   * @param batch Normalised images and labels.
   * @param context Random stream, shape, counts.
   * @param partner The second batch, if the method uses one.
   */
  mix(batch: Mixable, context: MixingContext, partner?: Mixable): Mixed;
}

/** A loss with soft targets: a distribution over classes for each image. */
export type SoftLoss = (logits: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** Options of {@linkcode mixupBatches}. */
export interface MixupBatchesOptions {
  /**
   * α of the Beta distribution of λ, above 0.
   *
   * @default {1}
   */
  readonly alpha?: number;
}

/**
 * Mixes the images of a batch by mixup.
 *
 * @param options α.
 * @returns The mixing method, for a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mixupBatches } from "@nbn/toolkit/train";
 *
 * assertEquals(mixupBatches().name, "mixup");
 * ```
 */
export function mixupBatches(options: MixupBatchesOptions = {}): Mixing {
  return { name: "mixup", mix: (batch, { random }) => mixup(batch, random, options) };
}

/**
 * Mixes the images of a batch by CutMix, each batch with probability 0.5.
 *
 * @returns The mixing method, for a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutMixBatches } from "@nbn/toolkit/train";
 *
 * assertEquals(cutMixBatches().name, "cutmix");
 * ```
 */
export function cutMixBatches(): Mixing {
  return { name: "cutmix", mix: (batch, { random, shape }) => cutMix(batch, random, { shape }) };
}

/**
 * Mixes the images of a batch by remix: mixup with targets that favour the rarer class.
 *
 * @returns The mixing method, for a stage. λ differs between the images of a batch, so use {@linkcode perImageLambdaLoss}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { remixBatches } from "@nbn/toolkit/train";
 *
 * assertEquals(remixBatches().name, "remix");
 * ```
 */
export function remixBatches(): Mixing {
  return { name: "remix", mix: (batch, { random, counts }) => remix(batch, counts, random) };
}

/**
 * Mixes by CMO: boxes from a second, class-balanced batch are pasted into the first, except in the first four and the
 * last three epochs.
 *
 * @returns The mixing method, for a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cmoBatches } from "@nbn/toolkit/train";
 *
 * assertEquals(cmoBatches().name, "cmo");
 * ```
 */
export function cmoBatches(): Mixing {
  return {
    name: "cmo",
    partner: classBalancedSampler,
    active: cmoActive,
    mix: (batch, { random, shape }, partner) => cmo(batch, partner!, random, { shape }),
  };
}

/**
 * Returns a batch unmixed, in the form of a mixed one.
 *
 * @param batch Images and labels.
 * @returns The same batch, with each label as its own partner and λ = 1.
 */
export function unmixed({ images, labels }: Mixable): Mixed {
  return { images, labels, partners: labels, shares: new Float32Array(labels.length).fill(1) };
}

/**
 * Computes λ · loss of the labels + (1 − λ) · loss of the partners, for mixing with one λ per batch.
 *
 * @param loss Any stateless loss.
 * @returns The loss of mixed images, for a stage.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedSoftmax } from "@nbn/toolkit/losses";
 * import { sharedLambdaLoss } from "@nbn/toolkit/train";
 *
 * await engine();
 * const labels = tf.tensor1d([0], "int32"), partners = tf.tensor1d([1], "int32");
 * const loss = sharedLambdaLoss(balancedSoftmax([90, 10]));
 * const value = loss(tf.tensor2d([[0, 0]]), labels, partners, tf.tensor1d([0.25]));
 * assertAlmostEquals(value.dataSync()[0], -0.25 * Math.log(0.9) - 0.75 * Math.log(0.1), 1e-5);
 * ```
 */
export function sharedLambdaLoss(loss: Loss): MixedBatchLoss {
  const mixed = mixedLoss(loss);
  return (logits, labels, partners, fractions, context) =>
    mixed(logits, labels, partners, fractions.slice([0], [1]).reshape([]) as tf.Scalar, context);
}

/**
 * Applies a loss to soft targets, λ for the label and 1 − λ for the partner, for mixing with a λ per image.
 *
 * @param loss A loss with soft targets.
 * @returns The loss of mixed images, for a stage.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { softCrossEntropy } from "@nbn/toolkit/losses";
 * import { perImageLambdaLoss } from "@nbn/toolkit/train";
 *
 * await engine();
 * const labels = tf.tensor1d([0, 0], "int32"), partners = tf.tensor1d([1, 1], "int32");
 * const loss = perImageLambdaLoss(softCrossEntropy);
 * const logits = tf.tensor2d([[0, 0], [0, 0]]);
 * const value = loss(logits, labels, partners, tf.tensor1d([0.25, 1]));
 * assertAlmostEquals(value.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function perImageLambdaLoss(loss: SoftLoss): MixedBatchLoss {
  return (logits, labels, partners, fractions) => {
    const classes = logits.shape[1], fraction = fractions.expandDims(1);
    const first = oneHot(labels, classes).mul(fraction);
    const second = oneHot(partners, classes).mul(fraction.neg().add(1));
    return loss(logits, first.add(second));
  };
}

/**
 * Label smoothing: spreads a fraction of each target evenly over all classes.
 *
 * @param loss A loss with soft targets.
 * @param smoothing The fraction, in [0, 1).
 * @returns The loss with smoothed targets.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { softCrossEntropy } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const loss = smoothedTargets(softCrossEntropy, 0.2);
 * const value = loss(tf.tensor2d([[Math.log(4), 0]]), tf.tensor2d([[1, 0]]));
 * assertAlmostEquals(value.dataSync()[0], -0.9 * Math.log(0.8) - 0.1 * Math.log(0.2), 1e-6);
 * ```
 */
export function smoothedTargets(loss: SoftLoss, smoothing: number): SoftLoss {
  if (smoothing === 0) return loss;
  return (logits, targets) =>
    loss(logits, targets.mul(1 - smoothing).add(smoothing / targets.shape[1]) as tf.Tensor2D);
}
