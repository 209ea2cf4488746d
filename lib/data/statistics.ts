/**
 * Mean and standard deviation of the colour channels of a data set.
 *
 * @module
 */

/** ImageNet's mean of red, green and blue, on the scale 0 to 1. */
export const IMAGENET_MEAN: readonly number[] = [0.485, 0.456, 0.406];

/** ImageNet's standard deviation of red, green and blue, on the scale 0 to 1. */
export const IMAGENET_STD: readonly number[] = [0.229, 0.224, 0.225];

/**
 * Computes the mean and standard deviation of each channel.
 *
 * @param pixels Contiguous images, 0 to 255, channels innermost.
 * @param channels Number of channels.
 * @returns Mean and standard deviation of each channel on the scale 0 to 1.
 */
export function colourStatistics(
  pixels: Uint8Array,
  channels: number,
): { mean: number[]; std: number[] } {
  const count = pixels.length / channels;
  const histograms = Array.from({ length: channels }, () => new Float64Array(256));
  for (let i = 0; i < pixels.length; i++) histograms[i % channels][pixels[i]]++;
  const moment = (histogram: Float64Array, of: (value: number) => number) =>
    histogram.reduce((sum, times, value) => sum + times * of(value / 255), 0) / count;
  const mean = histograms.map((histogram) => moment(histogram, (value) => value));
  const std = histograms.map((histogram, c) =>
    Math.sqrt(moment(histogram, (value) => (value - mean[c]) ** 2))
  );
  return { mean, std };
}
