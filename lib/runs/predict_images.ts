/**
 * Classification of image files by a trained network.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { givenImages, type GivenImagesOptions, UNKNOWN } from "../data/given_images.ts";
import { type Decoding, decodingOf } from "../data/images/image.ts";
import { pathAt, type PathTable } from "../data/paths.ts";
import { withoutDamagedImages } from "../data/without_damaged.ts";
import { together, type TogetherOptions } from "../engine/cluster/together.ts";
import { expectFiniteLogits } from "../inference/finite.ts";
import type { ForwardOptions } from "../inference/forward.ts";
import { expectSameWork } from "./expect_same_work.ts";
import type { OpenedModel } from "./open_model.ts";
import { forwardLogits, predictionsOf } from "../inference/predict.ts";

/** A class with its probability. */
export interface RankedClass {
  /** Name of the class. */
  readonly class: string;
  /** Its probability, in [0, 1]. */
  readonly probability: number;
}

/** Prediction for an image. */
export interface ImagePrediction extends RankedClass {
  /** Path of the image. */
  readonly path: string;
  /** The most probable classes in descending order, beginning with the predicted class. */
  readonly top: readonly RankedClass[];
  /** The true class, if known. */
  readonly trueClass?: string;
  /** Logit of each class, if requested. */
  readonly logits?: Float32Array;
}

/** Options of {@linkcode predictImages}. */
export interface PredictImagesOptions
  extends Omit<ForwardOptions, "cluster">, GivenImagesOptions, Decoding, TogetherOptions {
  /**
   * Number of most probable classes to return, at least 1; at most all classes are returned.
   *
   * @default {5}
   */
  readonly topk?: number;
  /**
   * Whether to return logits.
   *
   * @default {false}
   */
  readonly logits?: boolean;
  /**
   * Whether to decode all images first and skip those that are missing or damaged, rather than fail on them.
   *
   * @default {false}
   */
  readonly skipDamaged?: boolean;
  /**
   * Whether to rotate images by their EXIF orientation.
   *
   * @default {as in training}
   */
  readonly exif?: boolean;
  /** Called once, before the first prediction. */
  readonly onBegin?: (found: FoundImages) => void;
  /** When aborted, its reason is thrown after the current batch. */
  readonly signal?: AbortSignal;
}

/** The images to be classified. */
export interface FoundImages {
  /** Number of images. */
  readonly images: number;
  /** Number of images whose true class is known. */
  readonly labelled: number;
  /** Notes about files that are not read and folders that are not named after a class, one line each. */
  readonly notes: readonly string[];
  /** One line for each image that is skipped because it is missing or damaged. */
  readonly skipped: readonly string[];
}

/**
 * Classifies images. They are preprocessed like the network's training images, without needing its data, so that
 * predictions for test images agree with an evaluation. With `cluster`, several processes predict a part of the images
 * each, and all return the same.
 *
 * @param model The network, from {@linkcode openModel} or {@linkcode openRun}.
 * @param images Paths of images, folders of images, and lists with or without labels. In a folder with one subfolder
 * per class, the subfolders give the true classes.
 * @param options Number of returned classes, batch size, handling of damaged images.
 * @returns One prediction for each image, in order; the images of a folder are sorted by path.
 * @throws {DataError} If a path does not exist or contains no image, or an image cannot be decoded.
 * @throws {RangeError} If `topk` or `batch` is not a positive integer.
 * @throws {DivergedError} If a logit is NaN or infinite.
 * @throws {PeerError} If another process of the cluster fails, does not come or predicts something else.
 *
 * @example Classify an image
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, writeImageFolder } from "@nbn/toolkit/data";
 * import { openModel, predictImages } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
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
 * Like {@linkcode predictImages}, but batch by batch, so that only one batch is in memory.
 *
 * @param model The network.
 * @param images Paths of images, folders and lists.
 * @param use Callback that gets the predictions of each batch, in the order of the images.
 * @param options As those of {@linkcode predictImages}.
 * @throws {DataError} If a path does not exist or contains no image, or an image cannot be decoded.
 * @throws {RangeError} If `topk` or `batch` is not a positive integer.
 * @throws {DivergedError} If a logit is NaN or infinite.
 * @throws {PeerError} If another process of the cluster fails, does not come or predicts something else.
 */
export async function predictEach(
  model: OpenedModel,
  images: readonly string[],
  use: (predictions: readonly ImagePrediction[]) => void | Promise<void>,
  options: PredictImagesOptions = {},
): Promise<void> {
  const { topk = 5, logits: withLogits = false, signal, batch, precision } = options;
  expectRange("an integer of at least 1", { topk });
  const { network, params, state, classNames } = model, classes = classNames.length;
  await together(options.cluster, { timeout: options.peerTimeout }, async (cluster) => {
    const computed = forwardLogits(network, { batch, precision, cluster, name: "predict" });
    try {
      const { dataset, paths } = await found(model, images, options);
      if (cluster) await expectSameWork(cluster, model, dataset, { batch, precision });
      await computed.each([params, state], dataset, async (y, first, count) => {
        const logits = (await y.data() as Float32Array).subarray(0, count * classes);
        expectFiniteLogits(logits);
        const labels = dataset.labels.subarray(first, first + count);
        const { probabilities } = predictionsOf(logits, labels);
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
  });
}

/** Returns the images as a data set with the preprocessing of the training images. */
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
    skipped,
  });
  return { dataset, paths: dataset.images.kind === "files" ? dataset.images.paths : paths };
}

/** Returns the indices of the largest values in descending order; ties are ordered by index. */
function largestOf(values: Float32Array, count: number): number[] {
  const indices = Array.from(values, (_, i) => i);
  return indices.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}
