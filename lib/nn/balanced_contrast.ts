/**
 * BCL's network: projections of two further views, and a prototype of each class.
 *
 * @module
 */
import { expectTensorAt } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { branch, compose } from "./compose.ts";
import { embeddingTap } from "./embedding_tap.ts";
import { type Network, network } from "./network.ts";
import { projection } from "./projection.ts";

/** Options of {@linkcode balancedContrast}. */
export interface BalancedContrastOptions {
  /**
   * Units of the hidden layers.
   *
   * @default {512; for ResNet-50 and ResNeXt-50: 2048}
   */
  hidden?: number;
  /**
   * Channels of projections and prototypes.
   *
   * @default {128; for ResNet-50 and ResNeXt-50: 1024}
   */
  outputs?: number;
}

/** Views of each training image: the first is classified, the others are contrasted. */
const VIEWS = 3;

/**
 * Adds BCL's projections and prototypes to a network.
 *
 * In training, the input holds three views of each image, `[3 · batch, …]`, all first views before all second ones,
 * and the output is the logits of the first views. The tap `projections` `[2 · batch, outputs]` gets the projections
 * of the other views, the tap `prototypes` `[classes, outputs]` the classifier's weights, projected by a second
 * module of the same form. In evaluation, the network is unchanged. Train it with `bcl()`.
 *
 * Source: Zhu et al. 2022, Balanced Contrastive Learning for Long-Tailed Visual Recognition.
 *
 * @param inner A network with a tap `embedding` and the classifier `head/weight` `[channels, classes]`: in the
 * paper a cosine classifier with scale 30.
 * @param options Sizes of the projections.
 * @returns The network, with its paths unchanged and the new parts `projection` and `prototypes`.
 * @throws {RangeError} When initialised, if there is no classifier; when applied in training, if the batch does not
 * consist of three views.
 * @throws {TypeError} If there is no tap `embedding`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { balancedContrast, resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const net = balancedContrast(resnetCifar({ depth: 8, classes: 10, head: "cosine" }));
 * const { params, state } = net.init(0, [8, 8, 3]);
 * const { y } = net.apply(params, state, tf.zeros([6, 8, 8, 3]), { training: true });
 * assertEquals(y.shape, [2, 10]);
 * ```
 */
export function balancedContrast(
  inner: Network,
  { hidden = 512, outputs = 128 }: BalancedContrastOptions = {},
): Network {
  const layer = projection({ hidden, outputs });
  const extended = compose({
    base: inner,
    parts: { projection: layer, prototypes: layer },
    init({ base, part }, inputShape) {
      const { params, outputShape } = base(inputShape);
      const [channels] = classifierOf(inner, params).shape;
      part("projection", [channels]);
      part("prototypes", [channels]);
      return outputShape;
    },
    apply({ params, base, part }, x, mode) {
      if (!mode.training) return base(x);
      const batch = expectViews(x, VIEWS, "bcl");
      const tap = embeddingTap(inner, mode);
      const logits = base(x, tap.mode), embedding = tap.embedding();
      const others = embedding.slice([batch, 0], [(VIEWS - 1) * batch, embedding.shape[1]]);
      const projections = part("projection", others);
      const prototypes = part("prototypes", classifierOf(inner, params).transpose());
      mode.tap?.("projections", projections);
      mode.tap?.("prototypes", prototypes);
      return logits.slice([0, 0], [batch, logits.shape[1]!]);
    },
  });
  return network(extended, { name: `${inner.name}-bcl` });
}

/** Weights of the classifier, `[channels, classes]`. */
function classifierOf({ name }: Network, params: Params): tf.Tensor2D {
  if (branch(params, "head").weight) return expectTensorAt(params, "head/weight", 2, name);
  throw new RangeError(
    `Expected ${name} to have a classifier head/weight, from which prototypes are computed, but found none`,
  );
}

/**
 * Returns the number of images in a batch of views.
 *
 * @param x Views of images, `[views · batch, …]`.
 * @param views Number of views of each image.
 * @param method Name of the method, for the error message.
 * @returns Number of images.
 * @throws {RangeError} If the number of rows is not a positive multiple of `views`.
 */
export function expectViews(x: tf.Tensor, views: number, method: string): number {
  const batch = x.shape[0] / views;
  if (Number.isInteger(batch) && batch > 0) return batch;
  throw new RangeError(
    `Expected ${views} views of each image for ${method} but found ${x.shape[0]} images: ` +
      `train with its loss, which requests the views`,
  );
}
