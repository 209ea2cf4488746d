/**
 * Intermediate features of a whole data set.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { globalAveragePool } from "../engine/ops/mod.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { copyRows, forward, type ForwardOptions } from "../inference/forward.ts";
import type { Model } from "../inference/predict.ts";
import { tappedNetwork } from "./taps.ts";

/** An intermediate feature of every image in a data set. */
export interface Feature {
  /** Name of its tap. */
  readonly tap: string;
  /** Shape for one image: `[height, width, channels]` or `[channels]`. */
  readonly shape: readonly number[];
  /** Shape `[images, ...shape]`, row-major. */
  readonly values: Float32Array;
  /** Class of each image, `[images]`. */
  readonly labels: Int32Array;
}

/** Options of {@linkcode collectFeatures}. */
export interface CollectFeaturesOptions<Name extends string = string> extends ForwardOptions {
  /** Names of the taps, as listed by {@linkcode listTaps}. */
  readonly taps: readonly Name[];
  /**
   * Whether to average features over their spatial positions, which takes far less memory.
   *
   * @default {false}
   */
  readonly pooled?: boolean;
}

/**
 * Applies a network to every image in a data set and collects the features at some of its taps.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset The images.
 * @param options Taps, pooling, batch, precision.
 * @returns The features keyed by tap name; rows are in the order of the data set.
 * @throws {RangeError} If a tap does not exist (the message lists the available ones), there is no image, or the batch
 * size is not a positive integer.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { collectFeatures } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin({ testImages: 1 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const { embedding } = await collectFeatures(model, test, { taps: ["embedding"] });
 * assertEquals([embedding.shape, embedding.values.length], [[64], 640]);
 * ```
 */
export async function collectFeatures<const Name extends string>(
  model: Model,
  dataset: ImageDataset,
  options: CollectFeaturesOptions<Name>,
): Promise<Record<Name, Feature>> {
  return (await collectFeaturesAndLogits(model, dataset, options)).features;
}

/** Result of {@linkcode collectFeaturesAndLogits}. */
export interface FeaturesAndLogits<Name extends string = string> {
  /** Features keyed by tap name. */
  readonly features: Record<Name, Feature>;
  /** Shape `[images, classes]`, row-major. */
  readonly logits: Float32Array;
  /** Number of classes. */
  readonly classes: number;
}

/**
 * Collects features like {@linkcode collectFeatures}, and the logits.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset The images.
 * @param options Taps, pooling, batch, precision.
 * @returns Features and logits.
 */
export async function collectFeaturesAndLogits<Name extends string>(
  model: Model,
  dataset: ImageDataset,
  { taps, pooled = false, ...options }: CollectFeaturesOptions<Name>,
): Promise<FeaturesAndLogits<Name>> {
  const { params, state } = model;
  const { labels } = dataset;
  if (labels.length === 0) {
    throw new RangeError(`Expected at least one image in ${dataset.name} but found none`);
  }
  const apply = tappedNetwork(model.network, taps);
  const pass = forward(({ images }, params: Params, state: Params) => {
    const { features, logits } = apply(params, state, images);
    const kept = Object.entries(features).map(([name, feature]) =>
      [
        name,
        pooled && feature.rank === 4 ? globalAveragePool(expectRank(feature, 4, name)) : feature,
      ] as const
    );
    return { features: Object.fromEntries(kept), logits };
  }, { ...options, name: "features" });
  const found: Record<string, Feature> = {};
  let logits = new Float32Array(0), classes = 0;
  try {
    await pass.each([params, state], dataset, async (output, first, count) => {
      classes = output.logits.shape[1]!;
      if (first === 0) logits = new Float32Array(labels.length * classes);
      await copyRows(output.logits, logits, first, count);
      for (const tap of taps) {
        const feature = output.features[tap];
        const shape = feature.shape.slice(1);
        const size = shape.reduce((product, extent) => product * extent, 1);
        found[tap] ??= { tap, shape, values: new Float32Array(labels.length * size), labels };
        await copyRows(feature, found[tap].values, first, count);
      }
    });
  } finally {
    pass.dispose();
  }
  return { features: found as Record<Name, Feature>, logits, classes };
}
