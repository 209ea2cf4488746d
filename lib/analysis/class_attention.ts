/**
 * Attention over the channels specific to rare and to frequent classes.
 *
 * @module
 */
import { NotApplicableError } from "../core/errors.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import { largest, type Model } from "../inference/predict.ts";
import { attentionMap } from "./attention_map.ts";
import {
  type ClassifierPath,
  type ClassifierWeights,
  classifierWeights,
} from "./classifier_weights.ts";
import { collectFeaturesAndLogits } from "./collect_features.ts";
import { rareAndFrequent } from "./rare_and_frequent.ts";
import { listTaps } from "./taps.ts";
import { uniqueChannels } from "./unique_channels.ts";
import type { PositionMap } from "./upsample.ts";

/** Options of {@linkcode classAttention}. */
export interface ClassAttentionOptions extends ClassifierPath {
  /** Number of training images per class, which decides whether it counts as rare or frequent. */
  readonly counts: readonly number[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
  /**
   * Tap with spatial positions and the channels that the classifier reads.
   *
   * @default {the last such tap}
   */
  readonly tap?: string;
  /**
   * Maximum number of channels unique to a class.
   *
   * @default {an eighth of all, at least one}
   */
  readonly channels?: number;
  /**
   * Exponent p of the attention Σ|A|^p.
   *
   * @default {2}
   */
  readonly power?: number;
  /**
   * Whether to upsample the maps to the size of the images.
   *
   * @default {true}
   */
  readonly enlarged?: boolean;
  /**
   * Images per batch.
   *
   * @default {250}
   */
  readonly batch?: number;
}

/** Attention maps of one image. */
export interface ClassAttention {
  /** Its true class. */
  readonly label: number;
  /** The predicted class. */
  readonly predicted: number;
  /** The frequent class with the highest logit, which a rare image is most likely mistaken for. */
  readonly rival: number;
  /** Channels unique to the rival, compared with the image's own class. */
  readonly frequentChannels: readonly number[];
  /** Channels unique to the image's own class, compared with all frequent classes. */
  readonly rareChannels: readonly number[];
  /** Attention over the rival's channels. */
  readonly frequent: PositionMap;
  /** Attention over the own class's channels. */
  readonly rare: PositionMap;
  /** Attention over all channels. */
  readonly all: PositionMap;
}

/**
 * Computes the attention over the channels that are uniquely important for the highest-scoring frequent class, over
 * those for the image's own, rare class, and over all channels: the columns of the paper's Figures 1 and 4. Channels
 * are chosen by the classifier's weights ({@linkcode uniqueChannels}).
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset A few images of rare classes, for instance a {@linkcode subset} of the test set.
 * @param options Training counts, group thresholds, tap, channels, power, batch size.
 * @returns The maps of each image, at the size of the images unless `enlarged` is false.
 * @throws {RangeError} If there is no such tap, or no image.
 * @throws {NotApplicableError} If no tap is suitable, or all classes are in the same group.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { classAttention } from "@nbn/toolkit/analysis";
 * import { builtin, classCounts, subset } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { train, test } = builtin({ testImages: 1 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const [map] = await classAttention(model, subset(test, [9]), { counts: classCounts(train) });
 * assertEquals([map.label, map.all.height, map.rareChannels.length <= 8], [9, 32, true]);
 * ```
 */
export async function classAttention(
  model: Model,
  dataset: ImageDataset,
  {
    counts,
    groupThresholds,
    channels: count,
    power,
    enlarged = true,
    batch,
    path = "head",
    ...options
  }: ClassAttentionOptions,
): Promise<ClassAttention[]> {
  const weights = classifierWeights(model, { path });
  const tap = options.tap ?? lastWithPositions(model, dataset, weights, path);
  const { frequent } = rareAndFrequent(counts, undefined, groupThresholds);
  const { features, logits, classes } = await collectFeaturesAndLogits(model, dataset, {
    taps: [tap],
    batch,
  });
  const depth = features[tap].shape[2];
  if (depth !== weights.channels) {
    throw new NotApplicableError(
      `Expected a tap with positions and the ${weights.channels} channels that the classifier reads ` +
        `but found [${features[tap].shape}] at ${tap}`,
    );
  }
  const size = enlarged ? dataset.shape.slice(0, 2) as [number, number] : undefined;
  return Array.from(dataset.labels, (label, image): ClassAttention => {
    const scores = logits.subarray(image * classes, (image + 1) * classes);
    const others = frequent.filter((other) => other !== label);
    const rival = others[largest(others.map((other) => scores[other]))];
    const rareChannels = uniqueChannels(weights, { label, against: frequent, count });
    const frequentChannels = uniqueChannels(weights, { label: rival, against: [label], count });
    const over = (channels?: readonly number[]) =>
      attentionMap(features[tap], { image, channels, power, size });
    return {
      label,
      predicted: largest(scores),
      rival,
      frequentChannels,
      rareChannels,
      frequent: over(frequentChannels),
      rare: over(rareChannels),
      all: over(),
    };
  });
}

function lastWithPositions(
  model: Model,
  dataset: ImageDataset,
  { channels }: ClassifierWeights,
  path: string,
): string {
  const taps = listTaps(model, dataset.shape);
  // The classifier of an expert reads that expert's features.
  const within = path.slice(0, path.lastIndexOf("/") + 1);
  const fitting = taps.filter(({ name, shape }) =>
    name.startsWith(within) && shape.length === 3 && shape[2] === channels
  );
  if (fitting.length > 0) return fitting[fitting.length - 1].name;
  throw new NotApplicableError(
    `Expected a tap with positions and the ${channels} channels that the classifier reads but found ` +
      taps.map(({ name, shape }) => `${name} [${shape}]`).join(", "),
  );
}
