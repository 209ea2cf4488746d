/**
 * How well the attention over some channels agrees with the attention over all channels.
 *
 * @module
 */
import type { ClassAttention } from "./class_attention.ts";
import type { PositionMap } from "./upsample.ts";

/** Agreement of the attention over a subset of channels with the attention over all channels. */
export interface ChannelsLead {
  /** Cosine similarity of the two maps, in [0, 1]; 1 if they are proportional. */
  readonly cosine: number;
  /** Percentage of the total attention that comes from these channels. */
  readonly share: number;
}

/** Result of {@linkcode attentionAgreement}: means over images. */
export interface AttentionAgreement {
  /** Percentage of images classified correctly. */
  readonly recognised: number;
  /** Channels unique to the rival, the frequent class that scores highest. */
  readonly rival: ChannelsLead;
  /** Channels unique to the image's own class. */
  readonly own: ChannelsLead;
}

/**
 * Compares the attention over the rival's and over the true class's channels with the attention over all channels. If
 * the rival agrees more on images of rare classes, the features of a frequent class outweigh those of the true one
 * (paper, Figure 1).
 *
 * @param maps Maps from {@linkcode classAttention}, for at least one image.
 * @returns Means over the images. A map of zeros has cosine 0 and share 0.
 * @throws {RangeError} If there is no image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { attentionAgreement } from "@nbn/toolkit/analysis";
 *
 * const map = (...values: number[]) => ({ height: 1, width: 2, values: Float32Array.from(values) });
 * const image = { label: 1, predicted: 0, rival: 0, frequentChannels: [0], rareChannels: [1] };
 * const maps = [{ ...image, frequent: map(0, 3), rare: map(1, 0), all: map(0, 4) }];
 * assertEquals(attentionAgreement(maps), {
 *   recognised: 0,
 *   rival: { cosine: 1, share: 75 },
 *   own: { cosine: 0, share: 25 },
 * });
 * ```
 */
export function attentionAgreement(maps: readonly ClassAttention[]): AttentionAgreement {
  if (maps.length === 0) throw new RangeError("Expected maps of at least one image but found none");
  const mean = (of: (map: ClassAttention) => number) =>
    maps.reduce((sum, map) => sum + of(map), 0) / maps.length;
  const lead = (channels: "frequent" | "rare"): ChannelsLead => ({
    cosine: mean((map) => cosine(map[channels], map.all)),
    share: mean((map) => 100 * ratio(sum(map[channels]), sum(map.all))),
  });
  return {
    recognised: mean(({ label, predicted }) => label === predicted ? 100 : 0),
    rival: lead("frequent"),
    own: lead("rare"),
  };
}

function cosine(a: PositionMap, b: PositionMap): number {
  return ratio(dot(a, b), Math.sqrt(dot(a, a) * dot(b, b)));
}

function dot({ values: a }: PositionMap, { values: b }: PositionMap): number {
  return a.reduce((total, value, index) => total + value * b[index], 0);
}

function sum({ values }: PositionMap): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
