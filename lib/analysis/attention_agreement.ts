/**
 * Which channels lead a network's attention.
 *
 * @module
 */
import type { ClassAttention } from "./class_attention.ts";
import type { PositionMap } from "./upsample.ts";

/** How much of a network's attention is that of some of its channels. */
export interface ChannelsLead {
  /** Likeness of both maps, the cosine of the angle between them: 1 for the same places in the same proportions. */
  readonly cosine: number;
  /** Share of these channels in the attention over all, in percent. */
  readonly share: number;
}

/** What {@linkcode attentionAgreement} finds, as means over images. */
export interface AttentionAgreement {
  /** Images that are recognised, in percent. */
  readonly recognised: number;
  /** Channels unique to the rival, the frequent class that scores highest. */
  readonly rival: ChannelsLead;
  /** Channels unique to the image's own class. */
  readonly own: ChannelsLead;
}

/**
 * Compares attention over the rival's and over the own class's channels with attention over all channels. Where the
 * rival leads on images of rare classes, the features of a frequent class outweigh those of the right one (paper,
 * Figure 1).
 *
 * @param maps From {@linkcode classAttention}, of at least one image.
 * @returns Means over the images. A map of zeros is like no other, and has no share.
 * @throws {RangeError} If there is no image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
  return a.reduce((total, value, place) => total + value * b[place], 0);
}

function sum({ values }: PositionMap): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
