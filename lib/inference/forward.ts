/**
 * Applying a computation to every image of a data set.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Tree } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { deviceCount } from "../engine/device_count.ts";
import { traced } from "../engine/traced.ts";
import { orderedBatches } from "../data/batches/mod.ts";
import type { ImageDataset } from "../data/dataset.ts";
import type { Precision } from "../engine/precision.ts";

/** Options of {@linkcode forward}. */
export interface ForwardOptions {
  /**
   * Batch size; it does not affect the result.
   *
   * @default {250}
   */
  readonly batch?: number;
  /**
   * Precision of the computation.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
}

/** Input batch of the computation. */
export interface ForwardBatch {
  /** Shape `[batch, height, width, channels]`, normalised. */
  readonly images: tf.Tensor;
  /** Class of each image, `[batch]`, int32. */
  readonly labels: tf.Tensor1D;
}

/** A computation over images that is traced once and reused for any number of data sets. */
export interface Forward<
  Inputs extends readonly Tree<tf.Tensor>[],
  Output extends Tree<tf.Tensor>,
> {
  /**
   * Applies the computation to a data set, batch by batch, in order.
   *
   * @param inputs Inputs of the computation besides the batch; the caller keeps ownership.
   * @param dataset The images.
   * @param use Callback that gets the output of a batch, which is disposed afterwards, the index of its first image,
   * and the number of valid rows: the last batch is padded to the same shape, to avoid tracing it again.
   * @param signal When aborted, no further batch is computed.
   * @throws {unknown} The reason of the signal, if it is aborted.
   */
  each(
    inputs: Inputs,
    dataset: ImageDataset,
    use: (output: Output, first: number, count: number) => void | Promise<void>,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Frees the traced computations. */
  dispose(): void;
}

/**
 * Prepares a computation for data sets.
 *
 * @param compute A pure function of a batch and further inputs, whose output has one row per image.
 * @param options Batch size, precision, and a name for messages.
 * @returns The computation.
 * @throws {RangeError} If the batch size is not a positive integer.
 *
 * @example The mean of every image
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const means = forward(({ images }) => images.mean([1, 2, 3]));
 * const { test } = builtin({ testImages: 1 });
 * await means.each([], test, (mean, first, count) => assertEquals([first, count], [0, 10]));
 * means.dispose();
 * ```
 */
export function forward<Inputs extends readonly Tree<tf.Tensor>[], Output extends Tree<tf.Tensor>>(
  compute: (batch: ForwardBatch, ...inputs: Inputs) => Output,
  { batch = 250, precision = "float32", name = "forward" }: ForwardOptions & { name?: string } = {},
): Forward<Inputs, Output> {
  expectRange("an integer of at least 1", { batch });
  const recorded = traced(
    (images: tf.Tensor, labels: tf.Tensor1D, inputs: Inputs) =>
      compute({ images, labels }, ...inputs),
    { name, precision, shards: ([images, labels]) => [images, labels] },
  );
  return {
    async each(inputs, dataset, use, signal) {
      if (dataset.labels.length === 0) return;
      const devices = deviceCount();
      const size = devices * Math.ceil(Math.min(batch, dataset.labels.length) / devices);
      const ordered = orderedBatches(dataset, { batch: size });
      let first = 0;
      try {
        for await (const { images, labels } of ordered) {
          signal?.throwIfAborted();
          const shape = [size, ...dataset.shape];
          const pixels = tf.tensor(filled(images, size, dataset.shape), shape, "float32");
          const classes = tf.tensor1d(filled(labels, size, []), "int32");
          let output: Output;
          try {
            output = await recorded(pixels, classes, inputs);
          } finally {
            tf.dispose([pixels, classes]);
          }
          try {
            await use(output, first, labels.length);
          } finally {
            tf.dispose(output as never);
          }
          first += labels.length;
        }
      } finally {
        await ordered.close();
      }
    },
    dispose: () => recorded.dispose(),
  };
}

/** Pads a batch with zeros to a fixed size. */
function filled<Values extends Float32Array | Int32Array>(
  values: Values,
  size: number,
  shape: readonly number[],
): Values {
  const length = size * shape.reduce((product, side) => product * side, 1);
  if (values.length === length) return values;
  const whole = new (values.constructor as new (length: number) => Values)(length);
  whole.set(values);
  return whole;
}

/**
 * Copies rows of a batch's result to those of all images.
 *
 * @param from Result of a batch, the images first.
 * @param to Values of all images, row-major.
 * @param first Index of the first row to write.
 * @param count Number of rows; further ones are padding.
 */
export async function copyRows(
  from: tf.Tensor,
  to: Float32Array,
  first: number,
  count: number,
): Promise<void> {
  const size = from.size / from.shape[0];
  to.set((await from.data() as Float32Array).subarray(0, count * size), first * size);
}
