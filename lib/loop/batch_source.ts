/**
 * Batches of a stage, with image mixing where the stage uses it.
 *
 * @module
 */
import type { Part } from "../core/parts.ts";
import { rng } from "../core/rng.ts";
import { type Batch, batches } from "../data/batches/mod.ts";
import type { Split } from "../data/dataset.ts";
import { unmixed } from "./mixing.ts";
import { type Stage, viewsOf } from "./stages/stage.ts";

/** A batch, with the second labels and the weights λ of mixed images, also of those that other processes have. */
export interface TrainingBatch extends Pick<Batch, "images" | "labels" | "position"> {
  /** Second labels of mixed images and the weight λ of the first. */
  readonly mixed?: { readonly partners: Int32Array; readonly shares: Float32Array };
}

/** A source of batches that prepares the next one while the current one is in use. */
export interface BatchSource {
  /** Returns the next batch. */
  next(): Promise<TrainingBatch>;
  /** Stops the worker threads. */
  close(): Promise<void>;
}

/** Options of {@linkcode batchSource}. */
export interface BatchSourceOptions {
  /** Images in a batch. */
  readonly batch: number;
  /** Seed of the stage. */
  readonly seed: number;
  /** Number of images already drawn by the stage and the stages that it continues. */
  readonly position: number;
  /** Number of images that the stage and the stages that continue it draw in total. */
  readonly total: number;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Worker threads that prepare batches. */
  readonly workers?: number;
  /**
   * Part of each batch that this process needs.
   *
   * @default {the whole batch}
   */
  readonly part?: Part;
}

/**
 * Opens the batches of a stage. The content of a batch depends only on the seed and on its position.
 *
 * @param stage The stage.
 * @param data Its images.
 * @param options Batch size, seed, position.
 * @returns An endless source; close it at the end.
 */
export function batchSource(
  stage: Stage,
  { train }: Split,
  { batch, seed, position, total, counts, workers, part }: BatchSourceOptions,
): BatchSource {
  const { sampler, mixing } = stage, views = viewsOf(stage);
  // Any image of a batch may be mixed into any other, so all are prepared.
  const prepared = mixing ? undefined : part;
  const open = (draw: typeof sampler, seed: number) =>
    batches(train, draw(train.labels, { seed, position }), {
      ...{ batch, views, seed, workers },
      part: prepared,
    });
  const own = open(sampler, seed);
  const iterator = own[Symbol.asyncIterator]();
  const next = async () => (await iterator.next()).value as Batch;
  if (!mixing) return { next, close: () => own.close() };
  const second = mixing.partner && open(mixing.partner, rng(seed).fork("partner").seed);
  const others = second?.[Symbol.asyncIterator]();
  const random = rng(seed).fork("mixing");
  const images = train.labels.length, { active = () => true } = mixing;
  return {
    async next() {
      const [drawn, other] = await Promise.all([next(), others?.next()]);
      const before = drawn.position - batch;
      const { partners, shares, labels, images: pixels } =
        active(Math.floor(before / images), Math.ceil(total / images))
          ? mixing.mix(
            drawn,
            { random: random.fork(before), shape: train.shape, counts },
            other?.value as Batch | undefined,
          )
          : unmixed(drawn);
      const size = pixels.length / batch, { first, count } = part ?? { first: 0, count: batch };
      return {
        images: pixels.subarray(first * size, (first + count) * size),
        labels,
        position: drawn.position,
        mixed: { partners, shares },
      };
    },
    async close() {
      await Promise.all([own.close(), second?.close()]);
    },
  };
}
