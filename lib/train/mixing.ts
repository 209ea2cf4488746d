/**
 * Mixing images while training: mixup, CutMix, remix, CMO.
 *
 * @module
 */
import type { Rng } from "../core/rng.ts";
import type { tf } from "../deps/tfjs.ts";
import { cmo, cmoActive, cutMix, type Mixable, type Mixed, mixup, remix } from "../data/mix/mod.ts";
import { oneHot } from "../engine/ops/mod.ts";
import type { Loss, LossContext } from "../losses/loss.ts";
import { mixedLoss } from "../losses/mixed.ts";
import { classBalanced } from "../samplers/mod.ts";
import type { Sampler } from "../samplers/stream.ts";

/**
 * The mean loss of mixed images.
 *
 * @param logits Shape `[batch, classes]`.
 * @param labels First class of each image, `[batch]`, int32.
 * @param partners Second class of each image, `[batch]`, int32.
 * @param shares Share of the first, `[batch]`.
 * @param context Progress of the training and what the loss uses.
 */
export type MixedBatchLoss = (
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  partners: tf.Tensor1D,
  shares: tf.Tensor1D,
  context?: LossContext,
) => tf.Scalar;

/** Where in a stage a batch is mixed. */
export interface MixingMoment {
  /** Stream to draw from: the batch's own. */
  readonly random: Rng;
  /** Shape of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Training images of each class. */
  readonly counts: readonly number[];
}

/** How a stage mixes its images. */
export interface Mixing {
  /** What `config.json` says about it. */
  readonly name: string;
  /**
   * Draws a second batch, of which something is pasted into the first.
   *
   * @default {none: images of the batch are mixed with each other}
   */
  readonly partner?: Sampler;
  /**
   * Whether it mixes in an epoch; in the others, images show nothing but their labels.
   *
   * @default {in all}
   * @param epoch Number of the epoch, from 0.
   * @param epochs Epochs of the stage and of those that go on with it.
   */
  readonly active?: (epoch: number, epochs: number) => boolean;
  /**
   * Mixes a batch. Pure: nothing given is changed.
   *
   * @param batch Normalised images and labels.
   * @param moment Random stream, shape, counts.
   * @param partner The second batch, where there is one.
   */
  mix(batch: Mixable, moment: MixingMoment, partner?: Mixable): Mixed;
}

/** A loss that takes a distribution over classes for each image. */
export type SoftLoss = (logits: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** Options of {@linkcode mixupBatches}. */
export interface MixupBatchesOptions {
  /**
   * α of the Beta distribution that shares are drawn from, above 0.
   *
   * @default {1}
   */
  readonly alpha?: number;
}

/**
 * Mixup of the images of a batch.
 *
 * @param options α.
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mixupBatches().name, "mixup");
 * ```
 */
export function mixupBatches(options: MixupBatchesOptions = {}): Mixing {
  return { name: "mixup", mix: (batch, { random }) => mixup(batch, random, options) };
}

/**
 * CutMix of the images of a batch, in every second batch.
 *
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cutMixBatches().name, "cutmix");
 * ```
 */
export function cutMixBatches(): Mixing {
  return { name: "cutmix", mix: (batch, { random, shape }) => cutMix(batch, random, { shape }) };
}

/**
 * Remix of the images of a batch: mixup whose targets favour the rarer class.
 *
 * @returns For a stage; shares differ from image to image, so that the loss has to take a target for each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(remixBatches().name, "remix");
 * ```
 */
export function remixBatches(): Mixing {
  return { name: "remix", mix: (batch, { random, counts }) => remix(batch, counts, random) };
}

/**
 * CMO: boxes of a second batch, drawn class by class, are pasted into the first; not in the first four epochs nor in
 * the last three.
 *
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cmoBatches().name, "cmo");
 * ```
 */
export function cmoBatches(): Mixing {
  return {
    name: "cmo",
    partner: classBalanced,
    active: cmoActive,
    mix: (batch, { random, shape }, partner) => cmo(batch, partner!, random, { shape }),
  };
}

/**
 * Images that show nothing but their labels.
 *
 * @param batch Images and labels.
 * @returns The same, each image its own partner.
 */
export function unmixed({ images, labels }: Mixable): Mixed {
  return { images, labels, partners: labels, shares: new Float32Array(labels.length).fill(1) };
}

/**
 * λ · loss of the labels + (1 − λ) · loss of the partners, for mixing that has one share λ for a batch.
 *
 * @param loss Any loss without a state.
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 * import { balancedSoftmax } from "../losses/mod.ts";
 *
 * await engine();
 * const labels = tf.tensor1d([0], "int32"), partners = tf.tensor1d([1], "int32");
 * const loss = sharedMix(balancedSoftmax([90, 10]));
 * const value = loss(tf.tensor2d([[0, 0]]), labels, partners, tf.tensor1d([0.25]));
 * assertAlmostEquals(value.dataSync()[0], -0.25 * Math.log(0.9) - 0.75 * Math.log(0.1), 1e-5);
 * ```
 */
export function sharedMix(loss: Loss): MixedBatchLoss {
  const mixed = mixedLoss(loss);
  return (logits, labels, partners, shares, context) =>
    mixed(logits, labels, partners, shares.slice([0], [1]).reshape([]) as tf.Scalar, context);
}

/**
 * The loss of a target for each image, λ for its label and 1 − λ for its partner, for mixing whose shares differ.
 *
 * @param loss Takes a distribution for each image.
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 * import { softCrossEntropy } from "../losses/mod.ts";
 *
 * await engine();
 * const labels = tf.tensor1d([0, 0], "int32"), partners = tf.tensor1d([1, 1], "int32");
 * const loss = singleMix(softCrossEntropy);
 * const logits = tf.tensor2d([[0, 0], [0, 0]]);
 * const value = loss(logits, labels, partners, tf.tensor1d([0.25, 1]));
 * assertAlmostEquals(value.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function singleMix(loss: SoftLoss): MixedBatchLoss {
  return (logits, labels, partners, shares) => {
    const classes = logits.shape[1], share = shares.expandDims(1);
    const first = oneHot(labels, classes).mul(share);
    const second = oneHot(partners, classes).mul(share.neg().add(1));
    return loss(logits, first.add(second));
  };
}

/**
 * A loss whose targets are smoothed: a share of each is spread evenly over all classes.
 *
 * @param loss Takes a distribution for each image.
 * @param smoothing The share, from 0 up to, but without, 1.
 * @returns The loss of the smoothed distributions.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 * import { softCrossEntropy } from "../losses/mod.ts";
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
