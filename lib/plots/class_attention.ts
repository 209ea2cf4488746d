/**
 * Attention maps over the channels of rare and frequent classes.
 *
 * @module
 */
import type { ClassAttention } from "../analysis/class_attention.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { attention, type AttentionOptions } from "./attention.ts";
import type { Figure } from "./figure.ts";

/** Options of {@linkcode classAttention}. */
export interface ClassAttentionOptions extends Omit<AttentionOptions, "captions"> {
  /**
   * Whether to name the rival class beside each image.
   *
   * @default {false}
   */
  readonly rivals?: boolean;
}

/** Images narrower than this, in CSS pixels, get abbreviated captions. */
const NARROW = 72;

/**
 * Draws three attention maps over each image (paper, Figures 1 and 4): over the channels unique to the rival (the
 * highest-scoring frequent class), over those unique to the image's own class, and over all channels. The caption
 * states the true and the predicted class.
 *
 * @param dataset The images.
 * @param maps Maps of each image, from the analysis of the same name.
 * @param options Rivals, colour scale, size, title, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no image, or not one set of maps per image.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { builtin, subset } from "@nbn/toolkit/data";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const images = subset(builtin({ testImages: 1 }).test, [9]);
 * const map = { height: 32, width: 32, values: new Float32Array(1024).fill(1) };
 * const seen = { label: 9, predicted: 9, rival: 0, frequentChannels: [0], rareChannels: [1] };
 * const { svg } = await plots.classAttention(images, [{ ...seen, frequent: map, rare: map, all: map }]);
 * assertStringIncludes(svg, "recognised");
 * ```
 */
export async function classAttention(
  dataset: ImageDataset,
  maps: readonly ClassAttention[],
  { rivals = false, ...options }: ClassAttentionOptions = {},
): Promise<Figure> {
  const called = (label: number) => dataset.classNames[label];
  const taken = (options.side ?? NARROW) < NARROW ? "→" : "taken for";
  const captions = maps.map(({ label, predicted, rival }) =>
    [
      called(label),
      label === predicted ? "recognised" : `${taken} ${called(predicted)}`,
      ...rivals ? [`rival: ${called(rival)}`] : [],
    ].join("\n")
  );
  return await attention(dataset, {
    "Frequent-only": maps.map(({ frequent }) => frequent),
    "Rare-only": maps.map(({ rare }) => rare),
    "All channels": maps.map(({ all }) => all),
  }, { ...options, captions });
}
