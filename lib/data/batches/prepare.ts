/**
 * From indices to normalised floats: what a worker does, and the main thread where there is none.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { type Augmentation, augmenter } from "../augment/mod.ts";
import { Canvas } from "../augment/canvas.ts";
import { ImageRandom } from "../augment/image_random.ts";
import { normaliser } from "../augment/normalise.ts";
import type { ImageDataset } from "../dataset.ts";
import { decodeImage } from "../decode.ts";
import { attachJpeg, type SharedJpeg } from "../native_jpeg.ts";
import { pathAt } from "../paths.ts";
import { resize } from "../resize.ts";

/** What preparing needs to know once; it can be handed to a worker. */
export interface Preparation {
  /** The images. */
  readonly dataset: Pick<ImageDataset, "images" | "shape" | "mean" | "std">;
  /** How each image is changed at random. */
  readonly augment: readonly Augmentation[];
  /** Seed of those changes. */
  readonly seed: number;
  /** TensorFlow's decoder of JPEG files, where there is one. */
  readonly jpeg?: SharedJpeg;
}

/** One batch to prepare. */
export interface Job {
  /** Places of the images in the data set. */
  readonly indices: Int32Array;
  /** Number of the first image among all that are drawn: its random numbers depend on it. */
  readonly number: number;
}

/** Prepares a batch: shape `[batch, height, width, channels]`. */
export type Prepare = (job: Job) => Promise<Float32Array<ArrayBuffer>>;

/**
 * Builds the function that prepares batches.
 *
 * @param preparation Images, augmentation, seed.
 * @returns The function. It throws a {@linkcode DataError} if an image on disk cannot be decoded, and a
 * `RangeError` if augmentation changes an image's size.
 */
export function preparer({ dataset, augment, seed, jpeg: shared }: Preparation): Prepare {
  const { images, shape } = dataset;
  const [height, width] = shape;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const normalise = normaliser(dataset.mean, dataset.std);
  const change = augmenter(augment);
  const random = new ImageRandom(seed);
  const canvas = new Canvas();
  const jpeg = shared && attachJpeg(shared);
  return async ({ indices, number }) => {
    const out = new Float32Array(indices.length * size);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i];
      if (images.kind === "pixels") canvas.load(images.pixels, index * size, ...shape);
      else {
        const path = pathAt(images.paths, index);
        const image = resize(await decodeImage(await readImage(path), path, jpeg), width, height);
        canvas.load(image.pixels, 0, ...shape);
      }
      random.moveTo(number + i);
      change(canvas, random);
      if (canvas.height !== height || canvas.width !== width) {
        throw new RangeError(
          `Expected augmented images of ${height} × ${width} pixels but found ` +
            `${canvas.height} × ${canvas.width}: leave out the size of the crop`,
        );
      }
      normalise(canvas, out, i * size);
    }
    return out;
  };
}

async function readImage(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new DataError(
      `Expected an image at ${path} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
