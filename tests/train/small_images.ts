/**
 * Small images for fast tests.
 *
 * @module
 */
import { builtin } from "../../lib/data/builtin/mod.ts";
import type { ImageDataset, Split } from "../../lib/data/dataset.ts";

/** Options of {@linkcode smallImages}. */
export interface SmallImagesOptions {
  /** Height and width, up to 32. */
  readonly side: number;
  /** Training images of the largest class. */
  readonly max: number;
  /** Training images of the largest class over those of the smallest. */
  readonly imbalance: number;
}

/** Centre crops of the built-in images, two test images of each class. */
export function smallImages({ side, max, imbalance }: SmallImagesOptions): Split {
  const { train, test } = builtin({ max, imbalance, testImages: 2 });
  return { train: middles(train, side), test: middles(test, side) };
}

function middles(set: ImageDataset, side: number): ImageDataset {
  if (set.images.kind !== "pixels") throw new TypeError("Expected pixels");
  const { pixels } = set.images, [height, width, channels] = set.shape;
  const top = (height - side) >> 1, left = (width - side) >> 1, row = side * channels;
  const cut = new Uint8Array(set.labels.length * side * row);
  for (let line = 0; line < set.labels.length * side; line++) {
    const image = Math.floor(line / side), y = top + line % side;
    const from = ((image * height + y) * width + left) * channels;
    cut.set(pixels.subarray(from, from + row), line * row);
  }
  return { ...set, shape: [side, side, channels], images: { ...set.images, pixels: cut } };
}
