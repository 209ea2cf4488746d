/**
 * Accuracy with whole groups of channels masked.
 *
 * @module
 */
import type { ImageDataset } from "../data/dataset.ts";
import { accuracyGain } from "../metrics/accuracy_gain.ts";
import { type GroupAccuracy, groupMeans } from "../metrics/group_accuracy.ts";
import { meanAccuracy } from "../metrics/per_class_accuracy.ts";
import type { Model } from "../inference/predict.ts";
import { type ChannelDropsOptions, expectCountPerClass } from "./channel_drops.ts";
import type { ChannelGroups } from "./channel_groups.ts";
import { maskedRecognition } from "./masked_recognition.ts";

/** Accuracies with channels masked. */
export interface MaskedAccuracy extends Omit<GroupAccuracy, "mean"> {
  /** Mean over the classes with images; absent from analyses of earlier versions. */
  readonly mean?: number;
}

/** A row of Table V. */
export interface MaskedGroup extends MaskedAccuracy {
  /** Which channels were masked. */
  readonly masked: "none" | "rare-specific" | "frequent-specific" | "common";
  /** Number of masked channels. */
  readonly channels: number;
  /** Drop in accuracy compared with all channels, in percentage points; `null` for a group without classes. */
  readonly drop: MaskedAccuracy;
}

/**
 * Measures accuracy with the rare-specific, the frequent-specific and the common channels masked, one group at a time
 * (paper, Table V).
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset Labelled images, usually the balanced test set.
 * @param groups Groups from {@linkcode channelGroups}.
 * @param options Training counts, group thresholds, tap, batch size.
 * @returns Accuracies with all channels, then with each group masked.
 * @throws {RangeError} If there is no such tap or channel, no image, or `counts` does not have one entry per class.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { maskGroups } from "@nbn/toolkit/analysis";
 * import { builtin, classCounts } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { train, test } = builtin({ testImages: 2 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const groups = { rareSpecific: [0], frequentSpecific: [1, 2], common: [], other: [] };
 * const [whole, rare] = await maskGroups(model, test, groups, { counts: classCounts(train) });
 * assertEquals([whole.masked, rare.masked, rare.channels], ["none", "rare-specific", 1]);
 * ```
 */
export async function maskGroups(
  model: Model,
  dataset: ImageDataset,
  groups: ChannelGroups,
  { counts, groupThresholds, ...options }: ChannelDropsOptions,
): Promise<MaskedGroup[]> {
  expectCountPerClass(counts, dataset);
  const rows = [
    ["none", []],
    ["rare-specific", groups.rareSpecific],
    ["frequent-specific", groups.frequentSpecific],
    ["common", groups.common],
  ] as const;
  // Without a mask, accuracy is computed in any case.
  const masks = rows.slice(1).map(([, channels]) => channels);
  const { whole, masked } = await maskedRecognition(model, dataset, masks, options);
  const accuracies = [whole, ...masked].map(({ all, perClass }): GroupAccuracy => ({
    all,
    mean: meanAccuracy(perClass)!,
    ...groupMeans(perClass, counts, groupThresholds),
  }));
  return rows.map(([name, channels], row) => ({
    masked: name,
    channels: channels.length,
    ...accuracies[row],
    drop: accuracyGain(accuracies[0], accuracies[row]),
  }));
}
