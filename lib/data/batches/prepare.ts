/**
 * Prepares batches: from indices to normalised floats, on a worker or on the calling thread.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { rng } from "../../core/rng.ts";
import { type Augmentation, augmenter, bringsToSize } from "../augment/mod.ts";
import { Canvas } from "../augment/canvas.ts";
import { fitTo } from "../augment/fit.ts";
import { ImageRandom } from "../augment/image_random.ts";
import { normaliser } from "../augment/normalise.ts";
import type { ImageDataset } from "../dataset.ts";
import { decodeImage } from "../decode.ts";
import { reading } from "../files/reading.ts";
import { attachJpeg, type SharedJpeg } from "../native_jpeg.ts";
import { pathAt, type PathTable } from "../paths.ts";

/** Parameters for preparing batches; they can be posted to a worker. */
export interface Preparation {
  /** The images. */
  readonly dataset: Pick<ImageDataset, "images" | "shape" | "mean" | "std">;
  /** Random augmentations of each view of an image. */
  readonly views: readonly (readonly Augmentation[])[];
  /** Seed of the augmentations. */
  readonly seed: number;
  /** TensorFlow's JPEG decoder, if available. */
  readonly jpeg?: SharedJpeg;
}

/** One batch to prepare. */
export interface Job {
  /** Indices of the images in the data set. */
  readonly indices: Int32Array;
  /** Number of images drawn before the first one; it determines the random numbers of the images. */
  readonly number: number;
}

/** Files read ahead of decoding, so that disk and processor work in parallel. */
const READ_AHEAD = 4;

/**
 * Prepares a batch of shape `[views · batch, height, width, channels]`, all first views first. `expectWanted` is called
 * before each image, and throws if the batch has been cancelled.
 */
export type Prepare = (job: Job, expectWanted?: () => void) => Promise<Float32Array<ArrayBuffer>>;

/**
 * Creates the function that prepares batches.
 *
 * @param preparation Images, augmentation, seed.
 * @returns The function. It throws a {@linkcode DataError} if an image on disk cannot be decoded, and a `RangeError` if
 * augmentation changes an image's size.
 */
export function preparer({ dataset, views, seed, jpeg: shared }: Preparation): Prepare {
  const { images, shape } = dataset;
  const [height, width] = shape;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const normalise = normaliser(dataset.mean, dataset.std);
  const looks = views.map((augment, view) => ({
    change: augmenter(augment, [height, width]),
    fits: images.kind === "files" && !bringsToSize(augment) ? images.fit : undefined,
    random: new ImageRandom(view === 0 ? seed : rng(seed).fork(`view ${view + 1}`).seed),
  }));
  const canvas = new Canvas();
  const jpeg = shared && attachJpeg(shared);
  return async ({ indices, number }, expectWanted = () => {}) => {
    const count = indices.length;
    const files = images.kind === "files" ? readAhead(images.paths, indices) : undefined;
    const out = new Float32Array(looks.length * count * size);
    for (let i = 0; i < count; i++) {
      expectWanted();
      const index = indices[i];
      const source: Source = images.kind === "pixels"
        ? { pixels: images.pixels, first: index * size, height, width }
        : { first: 0, ...await decodeImage(...await files!(i), { ...images, jpeg }) };
      looks.forEach(({ change, fits, random }, view) => {
        canvas.load(source.pixels, source.first, source.height, source.width, shape[2]);
        if (fits) fitTo(canvas, fits, height, width);
        random.moveTo(number + i);
        change(canvas, random);
        if (canvas.height !== height || canvas.width !== width) {
          throw new RangeError(
            `Expected augmented images of ${height} × ${width} pixels but found ` +
              `${canvas.height} × ${canvas.width}: omit the size of the crop`,
          );
        }
        normalise(canvas, out, (view * count + i) * size);
      });
    }
    return out;
  };
}

/** Location of an image's pixels. */
interface Source {
  readonly pixels: Uint8Array;
  readonly first: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Decodes images to find corrupt ones.
 *
 * @param preparation Images, and the JPEG decoder.
 * @param indices Indices of the images.
 * @returns Index and reason of each corrupt image.
 */
export async function damagedOf(
  { dataset: { images }, jpeg: shared }: Pick<Preparation, "dataset" | "jpeg">,
  indices: Int32Array,
): Promise<Damaged[]> {
  const found: Damaged[] = [];
  if (images.kind !== "files") return found;
  const jpeg = shared && attachJpeg(shared);
  const files = readAhead(images.paths, indices);
  for (let i = 0; i < indices.length; i++) {
    try {
      await decodeImage(...await files(i), { ...images, jpeg });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      found.push([indices[i], error.message]);
    }
  }
  return found;
}

/** Index of an image that cannot be decoded, and the reason. */
export type Damaged = [index: number, message: string];

/** Reads files in the order of their indices, a few ahead of their request; each may be requested once. */
function readAhead(paths: PathTable, indices: Int32Array) {
  const reads: Promise<[Uint8Array<ArrayBuffer>, string]>[] = [];
  let begun = 0;
  return (i: number) => {
    for (; begun < Math.min(indices.length, i + 1 + READ_AHEAD); begun++) {
      const path = pathAt(paths, indices[begun]);
      reads[begun] = reading(path, Deno.readFile).then((bytes) => [bytes, path]);
      // An error is reported when its file is requested.
      reads[begun].catch(() => {});
    }
    const read = reads[i];
    delete reads[i];
    return read;
  };
}
