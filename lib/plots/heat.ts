/**
 * Heat maps over images.
 *
 * @module
 */
import type { PositionMap } from "../analysis/upsample.ts";
import type { Pixels } from "../data/image_pixels.ts";

/** Colour map from dark violet through red and orange to pale yellow, with monotonically increasing lightness. */
const HEAT = [[20, 11, 53], [101, 21, 110], [187, 55, 84], [249, 142, 9], [252, 255, 164]];

/** Interpolates the colour map at a strength in [0, 1]. */
function heat(strength: number): number[] {
  const index = strength * (HEAT.length - 1);
  const low = Math.min(HEAT.length - 2, Math.floor(index)), fraction = index - low;
  return HEAT[low].map((value, c) => (1 - fraction) * value + fraction * HEAT[low + 1][c]);
}

/**
 * Overlays a heat map on an image, which is converted to greyscale.
 *
 * @param image The image.
 * @param map Map of the same size, with values ≥ 0.
 * @param strongest Value mapped to the strongest colour; if 0, every position gets the weakest.
 * @returns The overlay.
 * @throws {RangeError} If the sizes differ.
 */
export function overlay(image: Pixels, map: PositionMap, strongest: number): Pixels {
  const { height, width, values } = image;
  if (map.height !== height || map.width !== width) {
    throw new RangeError(
      `Expected a map of ${height} × ${width} as the image has but found ${map.height} × ${map.width}: ` +
        `pass the size of the images to attentionMap()`,
    );
  }
  const mixed = new Uint8ClampedArray(values.length);
  for (let index = 0; index < height * width; index++) {
    const [red, green, blue] = values.subarray(index * 3, index * 3 + 3);
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    const strength = strongest > 0 ? Math.max(0, Math.min(1, map.values[index] / strongest)) : 0;
    heat(strength).forEach((value, c) => {
      mixed[index * 3 + c] = 0.4 * grey + 0.6 * value;
    });
  }
  return { height, width, values: mixed };
}
