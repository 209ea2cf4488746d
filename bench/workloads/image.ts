/**
 * Time to turn a decoded photograph into the input of a network, on one core.
 *
 * @module
 */
import { Canvas } from "../../lib/data/augment/canvas.ts";
import { fitTo } from "../../lib/data/augment/fit.ts";
import { ImageRandom } from "../../lib/data/augment/image_random.ts";
import { type Augmentation, augmenter } from "../../lib/data/augment/mod.ts";
import { normaliser } from "../../lib/data/augment/normalise.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "../../lib/data/statistics.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Height and width of the network's input. */
const SIZE = 224;
const CROP: readonly Augmentation[] = [{ name: "random-resized-crop" }, { name: "flip" }];

/** Augmentations by name; `undefined` for the centre crop. */
const CHANGES: Readonly<Record<string, readonly Augmentation[] | undefined>> = {
  crop: CROP,
  jitter: [...CROP, { name: "color-jitter" }],
  randaugment: [...CROP, { name: "rand-augment" }],
  centre: undefined,
};

/** Options of {@linkcode image}. */
export interface ImageOptions {
  /** Name of the augmentation: crop, jitter, randaugment or centre. */
  readonly change: string;
  /** Path of a file with the pixels of an image, `[height, width, 3]` bytes. */
  readonly path: string;
  /** Height of the image. */
  readonly height: number;
  /** Width of the image. */
  readonly width: number;
  /** Number of images prepared in a turn. */
  readonly images: number;
}

/**
 * Sets up the repeated augmentation of one image, with new random numbers each time.
 *
 * @param options The image and the augmentation.
 * @returns The work; it measures the mean time of an image.
 */
export async function image(
  { change, path, height, width, images }: ImageOptions,
): Promise<Workload> {
  const pixels = await Deno.readFile(path);
  const augment = CHANGES[change];
  const step = augment && augmenter(augment, [SIZE, SIZE]);
  const normalise = normaliser(IMAGENET_MEAN, IMAGENET_STD);
  const canvas = new Canvas(), random = new ImageRandom(0);
  const out = new Float32Array(SIZE * SIZE * 3);
  let number = 0;
  const some = (count: number) => {
    for (let i = 0; i < count; i++) {
      canvas.load(pixels, 0, height, width, 3);
      random.moveTo(number++);
      if (step) step(canvas, random);
      else fitTo(canvas, "centre-crop", SIZE, SIZE);
      normalise(canvas, out, 0);
    }
  };
  some(images);
  return {
    measure() {
      const start = performance.now();
      some(images);
      return Promise.resolve({ value: secondsSince(start) / images });
    },
    close: () => Promise.resolve(),
  };
}
