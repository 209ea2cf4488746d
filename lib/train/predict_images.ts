/**
 * What a trained network says about images that lie somewhere.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { givenImages, type GivenImagesOptions, UNKNOWN } from "../data/given_images.ts";
import { type Decoding, decodingOf } from "../data/images/image.ts";
import { pathAt, type PathTable } from "../data/paths.ts";
import { withoutDamagedImages } from "../data/without_damaged.ts";
import { expectFiniteLogits } from "./finite.ts";
import { forward, type ForwardOptions } from "./forward.ts";
import type { OpenedModel } from "./open_model.ts";
import { summarise } from "./predict.ts";

/** A class, and how probable it is. */
export interface RankedClass {
  /** Name of the class. */
  readonly class: string;
  /** Its probability, from 0 to 1. */
  readonly probability: number;
}

/** What a network says about an image. */
export interface ImagePrediction extends RankedClass {
  /** Path of the image. */
  readonly path: string;
  /** The most probable classes, that of the prediction first. */
  readonly top: readonly RankedClass[];
  /** The right class, where it is known. */
  readonly trueClass?: string;
  /** Logit of each class, where they are asked for. */
  readonly logits?: Float32Array;
}

/** Options of {@linkcode predictImages}. */
export interface PredictImagesOptions extends ForwardOptions, GivenImagesOptions, Decoding {
  /**
   * Number of most probable classes that are told, at least 1; there are never more than classes.
   *
   * @default {5}
   */
  readonly topk?: number;
  /**
   * Whether logits are told.
   *
   * @default {false}
   */
  readonly logits?: boolean;
  /**
   * Decodes all images first and leaves out those that are missing or damaged, rather than stopping at them.
   *
   * @default {false}
   */
  readonly skipDamaged?: boolean;
  /**
   * Turns images upright that a camera has stored rotated.
   *
   * @default {as the images that the network was trained on}
   */
  readonly exif?: boolean;
  /** Called once, before the first prediction. */
  readonly onBegin?: (found: FoundImages) => void;
  /** When it is aborted, its reason is thrown after the running batch. */
  readonly signal?: AbortSignal;
}

/** Which images are going to be predicted. */
export interface FoundImages {
  /** How many. */
  readonly images: number;
  /** Of how many the right class is known. */
  readonly labelled: number;
  /** What was found and is not read, one line each. */
  readonly notes: readonly string[];
  /** One line for each image that is left out because it is missing or damaged. */
  readonly leftOut: readonly string[];
}

/**
 * Tells the classes of images. They are prepared as the network's training images were, whether its data is at hand or
 * not, so that it says of a test image what an evaluation counts.
 *
 * @param model The network, from {@linkcode openModel} or {@linkcode openRun}.
 * @param images Paths of images, folders of images, and lists with or without labels. In a folder that holds a folder
 * for each class these tell the right classes.
 * @param options Number of classes told, batch, damaged images.
 * @returns One prediction for each image, in their order, those of a folder sorted by path.
 * @throws {DataError} If a path is missing or holds no image, or an image cannot be decoded.
 * @throws {RangeError} If `topk` or `batch` is not a positive integer.
 * @throws {DivergedError} If the network says NaN.
 *
 * @example Classify an image
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/builtin/mod.ts";
 * import { writeImageFolder } from "../data/write_image_folder.ts";
 * import { openModel } from "./open_model.ts";
 * import { train } from "./train.ts";
 *
 * const folder = await Deno.makeTempDir(), out = `${folder}/run`;
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * await writeImageFolder(`${folder}/images`, builtin({ testImages: 1 }).test);
 *
 * const model = await openModel(out);
 * const [first] = await predictImages(model, [`${folder}/images`]);
 * console.log(first.class, first.probability);
 *
 * assertEquals([first.top.length, first.trueClass], [5, "cross with bar"]);
 * model.dispose();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function predictImages(
  model: OpenedModel,
  images: readonly string[],
  options: PredictImagesOptions = {},
): Promise<ImagePrediction[]> {
  const all: ImagePrediction[] = [];
  await predictEach(model, images, (predictions) => void all.push(...predictions), options);
  return all;
}

/**
 * As {@linkcode predictImages}, batch by batch: only one of them is in memory.
 *
 * @param model The network.
 * @param images Paths of images, folders and lists.
 * @param use Gets the predictions of each batch, in the order of the images.
 * @param options As those of {@linkcode predictImages}.
 * @throws {DataError} If a path is missing or holds no image, or an image cannot be decoded.
 * @throws {RangeError} If `topk` or `batch` is not a positive integer.
 * @throws {DivergedError} If the network says NaN.
 */
export async function predictEach(
  model: OpenedModel,
  images: readonly string[],
  use: (predictions: readonly ImagePrediction[]) => void | Promise<void>,
  options: PredictImagesOptions = {},
): Promise<void> {
  const { topk = 5, logits: withLogits = false, signal, batch, precision } = options;
  if (!Number.isSafeInteger(topk) || topk < 1) {
    throw new RangeError(`Expected topk to be an integer of at least 1 but found ${topk}`);
  }
  const { network, params, state, classNames } = model;
  const computed = forward(
    ({ images }, params: Params, state: Params) =>
      network.apply(params, state, images, { training: false }).y,
    { batch, precision, name: "predict" },
  );
  try {
    const { dataset, paths } = await found(model, images, options);
    await computed.each([params, state], dataset, async (y, first, count) => {
      const classes = classNames.length;
      const logits = (await y.data() as Float32Array).subarray(0, count * classes);
      expectFiniteLogits(logits);
      const labels = dataset.labels.subarray(first, first + count);
      const { probabilities } = summarise(logits, labels);
      await use(Array.from(labels, (label, image) => {
        const row = logits.subarray(image * classes, (image + 1) * classes);
        const top = largestOf(row, topk).map((label) => ({
          class: classNames[label],
          probability: probabilities[image * classes + label],
        }));
        return {
          path: pathAt(paths, first + image),
          ...top[0],
          top,
          ...(label === UNKNOWN ? {} : { trueClass: classNames[label] }),
          ...(withLogits ? { logits: row.slice() } : {}),
        };
      }));
      signal?.throwIfAborted();
    });
  } finally {
    computed.dispose();
  }
}

/** The images as a data set, prepared as those that the network was trained on. */
async function found(
  { input, classNames }: OpenedModel,
  images: readonly string[],
  options: PredictImagesOptions,
): Promise<{ dataset: ImageDataset; paths: PathTable }> {
  const { paths, labels, notes } = await givenImages(images, classNames, options);
  const { shape, mean, std, fit, exif } = input;
  const decoding = decodingOf({ maxPixels: options.maxPixels, exif: options.exif ?? exif });
  const source = { kind: "files", paths, fit, ...decoding } as const;
  const given = { name: "images", classNames, labels, shape, mean, std, images: source };
  const { dataset, skipped } = options.skipDamaged
    ? await withoutDamagedImages(given)
    : { dataset: given, skipped: [] };
  options.onBegin?.({
    images: dataset.labels.length,
    labelled: dataset.labels.filter((label) => label !== UNKNOWN).length,
    notes,
    leftOut: skipped,
  });
  return { dataset, paths: dataset.images.kind === "files" ? dataset.images.paths : paths };
}

/** Places of the largest values, falling; of equals the first stands in front. */
function largestOf(values: Float32Array, count: number): number[] {
  const places = Array.from(values, (_, place) => place);
  return places.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}
