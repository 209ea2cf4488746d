/**
 * Attention maps.
 *
 * @module
 */
import { elementsOf, expectMatrix } from "../core/shape.ts";
import type { Feature } from "./collect_features.ts";
import { type PositionMap, upsample } from "./upsample.ts";

/** Options of {@linkcode attentionMap}. */
export interface AttentionMapOptions {
  /**
   * Index of the image within the collected features.
   *
   * @default {0}
   */
  readonly image?: number;
  /**
   * Channels to sum over.
   *
   * @default {all}
   */
  readonly channels?: readonly number[];
  /**
   * Exponent p; larger values emphasise the strongest positions.
   *
   * @default {2}
   */
  readonly power?: number;
  /**
   * Height and width to upsample the map to, usually those of the image.
   *
   * @default {those of the feature}
   */
  readonly size?: readonly [height: number, width: number];
}

/**
 * Computes the attention map Σ_c |A_c|^p over channels (Zagoruyko and Komodakis 2017, Paying More Attention to
 * Attention, equation 2; paper, Figures 1 and 4), optionally upsampled to the size of the image.
 *
 * @param feature Feature with spatial positions, from {@linkcode collectFeatures}.
 * @param options Image, channels, power, size.
 * @returns The map, not normalised, so that maps over different channels stay comparable; all 0 if there are no
 * channels.
 * @throws {RangeError} If the feature has no positions, or there is no such image or channel.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const feature = {
 *   tap: "stage3/block1", shape: [1, 2, 2], values: Float32Array.of(1, -2, 0, 3), labels: Int32Array.of(0),
 * };
 * assertEquals([...attentionMap(feature).values], [5, 9]);
 * assertEquals([...attentionMap(feature, { channels: [0], power: 1 }).values], [1, 0]);
 * ```
 */
export function attentionMap(
  { tap, shape, values, labels }: Feature,
  { image = 0, channels, power = 2, size }: AttentionMapOptions = {},
): PositionMap {
  if (shape.length !== 3) {
    throw new RangeError(
      `Expected a feature [height, width, channels] but found [${shape}] at ${tap}: ` +
        `take a tap before the pooling, and do not pool`,
    );
  }
  if (!(image in labels)) {
    throw new RangeError(`Expected an image from 0 to ${labels.length - 1} but found ${image}`);
  }
  const [height, width, depth] = shape;
  expectMatrix(values, labels.length, elementsOf(shape), `values of ${tap}`);
  const chosen = channels ?? Array.from({ length: depth }, (_, channel) => channel);
  const wrong = chosen.find((channel) =>
    !Number.isInteger(channel) || channel < 0 || channel >= depth
  );
  if (wrong !== undefined) {
    throw new RangeError(`Expected channels of ${tap} from 0 to ${depth - 1} but found ${wrong}`);
  }
  const map = new Float32Array(height * width);
  const first = image * height * width * depth;
  for (let index = 0; index < map.length; index++) {
    let sum = 0;
    for (const channel of chosen) {
      sum += Math.abs(values[first + index * depth + channel]) ** power;
    }
    map[index] = sum;
  }
  const whole = { height, width, values: map };
  return size ? upsample(whole, ...size) : whole;
}
