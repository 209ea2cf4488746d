/**
 * Losses of the box head and the mask head.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { rows } from "../../engine/ops/mod.ts";
import { assign, BOX_ASSIGNMENT, type Objects } from "../boxes/assign.ts";
import { BOX_DEVIATIONS } from "../boxes/coding.ts";
import { sample, type SampleOptions } from "../boxes/sample.ts";
import type { RegionLoss } from "../losses/region_loss.ts";
import type { BoxOutput } from "../network/box_head.ts";
import type { Proposals } from "./proposals.ts";
import { codeOf, gathered } from "./rpn_loss.ts";

/** Regions that a step learns from, those of objects first; all shapes begin with `[regions]`. */
export interface SampledRegions {
  /** Corners in pixels. Shape `[regions, 4]`. */
  readonly boxes: tf.Tensor2D;
  /** Index of the object; int32. */
  readonly object: tf.Tensor1D;
  /** Class, or the number of classes for background; int32. */
  readonly labels: tf.Tensor1D;
  /** Coded box of the object; 0 for background. Shape `[regions, 4]`. */
  readonly code: tf.Tensor2D;
  /** 1 for regions of objects. */
  readonly positive: tf.Tensor1D;
  /** 1 for all regions, 0 for padding. */
  readonly chosen: tf.Tensor1D;
}

/**
 * Samples the regions of an image: its proposals and the boxes of its objects, assigned to the objects.
 *
 * @param proposals Proposals of the image.
 * @param objects Its objects, with labels `[objects]`, int32.
 * @param seed Shape `[2]`, int32, different in every step and image.
 * @param options Numbers of the sample, and of classes.
 * @returns The regions.
 */
export function sampleRegions(
  proposals: Proposals,
  objects: Objects & { readonly labels: tf.Tensor1D },
  seed: tf.Tensor1D,
  { classes, ...numbers }: SampleOptions & { readonly classes: number },
): SampledRegions {
  const all = tf.concat([proposals.boxes, objects.boxes]);
  const kept = tf.concat([proposals.kept, objects.present]);
  const { object, positive, negative } = assign(all, objects, BOX_ASSIGNMENT);
  const valid = {
    object,
    positive: positive.mul<tf.Tensor1D>(kept),
    negative: negative.mul<tf.Tensor1D>(kept),
  };
  const drawn = sample(valid, seed, numbers);
  const boxes = rows(all, drawn.indices), own = rows(object, drawn.indices);
  const label = rows(objects.labels, own),
    background: tf.Tensor1D = tf.fill(label.shape, classes, "int32");
  return {
    boxes,
    object: own,
    labels: tf.where(drawn.positive.greater(0), label, background),
    code: codeOf(rows(objects.boxes, own), boxes, drawn.positive, BOX_DEVIATIONS),
    positive: drawn.positive,
    chosen: drawn.chosen,
  };
}

/**
 * The regions of objects, at most so many, followed by others.
 *
 * @param regions The regions of all images.
 * @param image Index of the image of each region; int32.
 * @param most Number of regions.
 * @returns As many of the regions, with their images.
 */
export function objectRegions(
  { boxes, object, labels, positive }: SampledRegions,
  image: tf.Tensor1D,
  most: number,
): Pick<SampledRegions, "boxes" | "object" | "labels" | "positive"> & { image: tf.Tensor1D } {
  // Of equal keys the first come first.
  const first = tf.topk(positive, Math.min(most, positive.shape[0])).indices;
  return {
    boxes: rows(boxes, first),
    object: rows(object, first),
    labels: rows(labels, first),
    positive: rows(positive, first),
    image: rows(image, first),
  };
}

/** Joins the regions of all images. */
export function joinRegions(images: readonly SampledRegions[]): SampledRegions {
  const join = <Name extends keyof SampledRegions>(name: Name) =>
    tf.concat(images.map((image) => image[name])) as SampledRegions[Name];
  return {
    boxes: join("boxes"),
    object: join("object"),
    labels: join("labels"),
    code: join("code"),
    positive: join("positive"),
    chosen: join("chosen"),
  };
}

/**
 * Computes the losses of the box head: that of the classifier, and the absolute differences of the coded boxes of the
 * objects' classes, summed and divided by the number of sampled regions.
 *
 * @param loss Loss of the classifier, and its state.
 * @param output Predictions for the regions.
 * @param regions The regions.
 * @returns Both losses and the new state.
 */
export function boxLosses(
  { loss, state }: { readonly loss: RegionLoss; readonly state: Params },
  { logits, code }: BoxOutput,
  { labels, code: goal, positive, chosen }: SampledRegions,
): { classes: tf.Scalar; boxes: tf.Scalar; state: Params } {
  const found = loss.apply(state, logits, labels, chosen);
  const { classes } = loss, count = labels.shape[0];
  // Each region is compared at its own class; background at some class, with weight 0.
  const places = tf.range(0, count).mul(classes).add<tf.Tensor1D>(labels.minimum(classes - 1));
  const own = gathered(code.reshape([count * classes, 4]), places.toInt());
  const differences = own.sub(goal).abs().sum(1).mul(positive).sum();
  return {
    classes: found.loss,
    boxes: differences.div(chosen.sum().maximum(1)),
    state: found.state,
  };
}

/**
 * Computes the losses of the mask head: binary cross-entropies, averaged over the pixels of a region and summed over
 * regions of objects.
 *
 * @param logits Shape `[regions, size, size]`.
 * @param targets Shape `[regions, size, size]`, 0 or 1.
 * @param positive 1 for regions of objects. Shape `[regions]`.
 * @returns The sum.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const loss = maskLosses(tf.zeros([3, 5, 5]), tf.ones([3, 5, 5]), tf.tensor1d([1, 1, 0]));
 * assertAlmostEquals(loss.dataSync()[0], 2 * Math.log(2), 1e-6);
 * ```
 */
export function maskLosses(
  logits: tf.Tensor3D,
  targets: tf.Tensor3D,
  positive: tf.Tensor1D,
): tf.Scalar {
  const entropies = logits.softplus().sub(logits.mul(targets)).mean([1, 2]);
  return entropies.mul(positive).sum();
}
