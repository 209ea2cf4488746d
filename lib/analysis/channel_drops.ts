/**
 * Accuracy drop of rare and frequent classes when a single channel is masked.
 *
 * @module
 */
import { classCounts, type ImageDataset } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import type { Model } from "../inference/predict.ts";
import { maskedRecognition, type MaskingOptions } from "./masked_recognition.ts";
import { type RareAndFrequent, rareAndFrequent } from "./rare_and_frequent.ts";
import { findTap } from "./taps.ts";

/** Options of {@linkcode channelDrops} and {@linkcode maskGroups}. */
export interface ChannelDropsOptions extends MaskingOptions {
  /** Number of training images per class, which decides its group: Head, Medium or Tail. */
  readonly counts: readonly number[];
  /**
   * Thresholds of Tail, Medium and Head.
   *
   * @default {[20, 100]}
   */
  readonly groupThresholds?: GroupThresholds;
}

/** Accuracy drops when each channel is masked alone. */
export interface ChannelDrops {
  /** Tap whose channels are masked. */
  readonly tap: string;
  /** The classes that count as rare and as frequent. */
  readonly classes: RareAndFrequent;
  /**
   * Drop in mean accuracy of the rare classes when only this channel is masked, in percentage points, `[channels]`;
   * negative where masking helps.
   */
  readonly rare: readonly number[];
  /** The same for the frequent classes. */
  readonly frequent: readonly number[];
  /** Drop per class in percentage points, `[channels][classes]`; `null` for a class without images in the data set. */
  readonly perClass: readonly (readonly (number | null)[])[];
  /** Mean accuracies in percent without masking. */
  readonly whole: {
    /** Of the rare classes. */
    readonly rare: number;
    /** Of the frequent classes. */
    readonly frequent: number;
  };
}

/**
 * Masks each channel alone and records the drop in accuracy of rare and of frequent classes (paper, section
 * IV-D, "Existence of rare-specific and frequent-specific features").
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset Labelled images, usually the balanced test set.
 * @param options Training counts, group thresholds, tap, batch size.
 * @returns The drops, in percentage points.
 * @throws {RangeError} If there is no such tap (the message lists the available ones), no image, `counts` does not have
 * one entry per class, or all classes are in the same group.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { channelDrops } from "@nbn/toolkit/analysis";
 * import { builtin, classCounts } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { train, test } = builtin({ testImages: 2 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const drops = await channelDrops(model, test, { counts: classCounts(train) });
 * assertEquals([drops.rare.length, drops.classes.rareGroup], [64, "tail"]);
 * ```
 */
export async function channelDrops(
  model: Model,
  dataset: ImageDataset,
  { counts, groupThresholds, ...options }: ChannelDropsOptions,
): Promise<ChannelDrops> {
  const { tap = "embedding" } = options;
  expectCountPerClass(counts, dataset);
  const classes = rareAndFrequent(counts, classCounts(dataset), groupThresholds);
  const { shape } = findTap(model, dataset.shape, tap);
  const alone = Array.from({ length: shape[shape.length - 1] }, (_, channel) => [channel]);
  const { whole, masked } = await maskedRecognition(model, dataset, alone, options);
  const perClass = masked.map((recognised) =>
    recognised.perClass.map((accuracy, label) =>
      accuracy === null ? null : whole.perClass[label]! - accuracy
    )
  );
  return {
    tap,
    classes,
    rare: perClass.map((drops) => meanOf(drops, classes.rare)),
    frequent: perClass.map((drops) => meanOf(drops, classes.frequent)),
    perClass,
    whole: {
      rare: meanOf(whole.perClass, classes.rare),
      frequent: meanOf(whole.perClass, classes.frequent),
    },
  };
}

/**
 * Checks that there is a training count for each class.
 *
 * @param counts Number of training images per class.
 * @param dataset Data with the same classes.
 * @throws {RangeError} If `counts` does not have one entry per class.
 */
export function expectCountPerClass(counts: readonly number[], dataset: ImageDataset): void {
  const classes = dataset.classNames.length;
  if (counts.length === classes) return;
  throw new RangeError(
    `Expected a training count for each of the ${classes} classes of ${dataset.name} ` +
      `but found ${counts.length}`,
  );
}

/** Mean over classes, all of which have images. */
function meanOf(values: readonly (number | null)[], classes: readonly number[]): number {
  return classes.reduce((sum, label) => sum + values[label]!, 0) / classes.length;
}
