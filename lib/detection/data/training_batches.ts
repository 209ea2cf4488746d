/**
 * Batches of a detector's training.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { rng } from "../../core/rng.ts";
import { instanceBalancedSampler } from "../../samplers/instance_balanced.ts";
import { repeatFactors, repeatFactorSampler } from "../../samplers/repeat_factor.ts";
import type { IndexStream } from "../../samplers/stream.ts";
import type { DetectionBatch } from "../mask_rcnn/batch.ts";
import { canvasOf, collateImages } from "./collate.ts";
import type { DetectionSet } from "./detection_set.ts";
import type { LearnableImages } from "./learnable.ts";
import { prepareImage } from "./prepared.ts";

/** Options of {@linkcode trainingBatches}. */
export interface TrainingBatchesOptions {
  /** Number of images in a batch. */
  readonly batch: number;
  /** Seed of order, sizes and flips. */
  readonly seed: number;
  /** Bounds of the images' sides, of which one is drawn for each image: the longer and the shorter side. */
  readonly fits: readonly (readonly [long: number, short: number])[];
  /**
   * Maximum number of objects of an image.
   *
   * @default {64}
   */
  readonly objects?: number;
  /**
   * Repeats images of rare classes: share of images below which a class is rare, and how factors are rounded, at random
   * in every epoch, as in the paper of LVIS and Detectron2, or up, as in mmdetection.
   *
   * @default {every image once}
   */
  readonly repeat?: { readonly threshold: number; readonly rounding: "random" | "up" };
}

/** Batches of a training, by the number of the step. */
export interface TrainingBatches {
  /** Indices of the images of a batch. */
  imagesOf(step: number): readonly number[];
  /**
   * Reads a batch.
   *
   * @param step Number of the step, from 0; the batch depends on it and the options only.
   * @returns Tensors; the caller disposes them.
   */
  read(step: number): Promise<DetectionBatch>;
}

/**
 * Opens the batches of a training. Images of a batch are all wide or all high, and padded to the same size; each is
 * resized to one of the bounds and flipped with probability ½.
 *
 * @param set Annotated images.
 * @param learnt What is learnt from.
 * @param options Batch, seed, sizes, repetition.
 * @returns The batches.
 * @throws {RangeError} If there is nothing to learn from, there are no bounds, or an option is out of range.
 */
export function trainingBatches(
  set: DetectionSet,
  learnt: LearnableImages,
  { batch, seed, fits, objects = 64, repeat }: TrainingBatchesOptions,
): TrainingBatches {
  if (learnt.images.length === 0 || fits.length === 0) {
    throw new RangeError(
      `Expected images to learn from and bounds of their sides but found ${learnt.images.length} and ` +
        `${fits.length}: learnableImages() selects the images`,
    );
  }
  expectRange("an integer of at least 1", { batch, objects });
  const count = set.dataset.images.length;
  const strange = learnt.images.find((image) => !(image in learnt.annotations && image < count));
  if (strange !== undefined) {
    throw new RangeError(
      `Expected images from 0 to ${
        count - 1
      } but found ${strange}: give what learnableImages() found in the same set`,
    );
  }
  const { images } = set.dataset, random = rng(seed).fork("detection batches");
  const isWide = (image: number) => images[image].width >= images[image].height;
  const order = orderOf(learnt, seed, repeat);
  const known: number[][] = [], waiting: Record<"wide" | "high", number[]> = { wide: [], high: [] };
  const next = new Int32Array(1);
  const imagesOf = (step: number) => {
    // Batches are few numbers, so those before are made again after a resume.
    while (known.length <= step) {
      const image = order.index(order.stream.fill(next)[0]);
      const group = waiting[isWide(image) ? "wide" : "high"];
      group.push(image);
      if (group.length === batch) known.push(group.splice(0));
    }
    return known[step];
  };
  return {
    imagesOf,
    async read(step) {
      const indices = imagesOf(step);
      const prepared = await Promise.all(indices.map(async (image, place) => {
        const drawn = random.fork(`${step} ${place}`);
        return prepareImage(await set.read(image), learnt.annotations[image], {
          fit: fits[drawn.below(fits.length)],
          flip: drawn.below(2) === 1,
          mean: set.mean,
          std: set.std,
        });
      }));
      return collateImages(prepared, { canvas: canvasOf(fits, isWide(indices[0])), objects });
    },
  };
}

/** The order of images: a stream, and the image of each of its indices. */
function orderOf(
  { images, annotations }: LearnableImages,
  seed: number,
  repeat: TrainingBatchesOptions["repeat"],
): { stream: IndexStream; index: (place: number) => number } {
  const classes = images.map((image) => annotations[image].map(({ label }) => label));
  if (repeat?.rounding === "random") {
    const stream = repeatFactorSampler(classes, { seed, threshold: repeat.threshold });
    return { stream, index: (place) => images[place] };
  }
  const factors = repeat ? repeatFactors(classes, repeat.threshold) : [];
  const list = repeat
    ? images.flatMap((image, i) => Array<number>(Math.ceil(factors[i])).fill(image))
    : images;
  const stream = instanceBalancedSampler(new Int32Array(list.length), { seed });
  return { stream, index: (place) => list[place] };
}
