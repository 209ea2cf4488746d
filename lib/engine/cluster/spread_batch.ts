/**
 * Batches whose images are spread over the processes of a cluster.
 *
 * Every process computes the loss of the whole batch, from the outputs of all, but differentiates it by its own outputs
 * only. The sum of the processes' gradients of a parameter is then the gradient of the loss, whatever the loss is.
 *
 * @module
 */
import { type Part, partsOf } from "../../core/parts.ts";
import { tf } from "../../deps/tfjs.ts";
import { customGradient } from "../ops/custom_gradient.ts";
import type { Cluster } from "./cluster.ts";
import { tensorsOfAll } from "./collectives.ts";

/** A batch of which every process has a part. */
export interface SpreadBatch {
  /** The processes. */
  readonly cluster: Cluster;
  /** Images of the whole batch. */
  readonly images: number;
  /** Part of each process, by rank. */
  readonly parts: readonly Part[];
  /** Part of this process. */
  readonly own: Part;
}

/**
 * Spreads a batch.
 *
 * @param cluster The processes.
 * @param images Images of the batch, at least one for each process.
 * @returns The batch.
 */
export function spreadBatch(cluster: Cluster, images: number): SpreadBatch {
  const parts = partsOf(images, cluster.size);
  return { cluster, images, parts, own: parts[cluster.rank] };
}

/**
 * Concatenates the rows of all processes, in the order of the whole batch, by one collective operation. The gradient of
 * this process's rows is its part of the gradient of all.
 *
 * @param batch The batch.
 * @param tensors Outputs for this process's images, each `[views · images, …]`, view by view.
 * @returns The outputs for all images, likewise.
 */
export function rowsOfAll(batch: SpreadBatch, tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const { count } = batch.own;
  const joined = tf.concat(tensors.map((tensor) => byImage(tensor, count)), 1);
  const widths = tensors.map(({ size }) => size / count);
  const all = allRows(batch, joined);
  // TensorFlow.js cannot differentiate a division into one.
  const split = tensors.length === 1 ? [all] : tf.split(all, widths, 1);
  return split.map((rows, i) => byView(rows, tensors[i], count));
}

/** Concatenates the rows of all processes, `[images, columns]`. */
function allRows({ cluster, parts, own }: SpreadBatch, x: tf.Tensor2D): tf.Tensor2D {
  return customGradient([x], (x) => {
    // TensorFlow gathers tensors of the same shape.
    const most = parts[0].count, columns = x.shape[1];
    const all = tensorsOfAll(cluster, tf.pad(x, [[0, most - own.count], [0, 0]]));
    const value = parts.every(({ count }) => count === most)
      ? all
      : tf.concat(parts.map(({ count }, rank) => all.slice([rank * most, 0], [count, columns])));
    return { value, gradient: (dy) => [dy.slice([own.first, 0], [own.count, columns])] };
  });
}

/** From `[views · images, …]`, view by view, to `[images, columns]`. */
function byImage(x: tf.Tensor, images: number): tf.Tensor2D {
  const views = x.shape[0] / images;
  return x.reshape([views, images, -1]).transpose([1, 0, 2]).reshape([images, -1]);
}

/** The inverse of {@linkcode byImage}, for the images of all. */
function byView(x: tf.Tensor, { shape }: tf.Tensor, own: number): tf.Tensor {
  const views = shape[0] / own, images = x.shape[0];
  return x.reshape([images, views, -1]).transpose([1, 0, 2])
    .reshape([views * images, ...shape.slice(1)]);
}

/**
 * Marks a tensor that depends on the parameters alone, so that it is the same on all processes, as an input of the loss of
 * the whole batch: each contributes an equal part of its gradient.
 *
 * @param batch The batch.
 * @param x The tensor.
 * @returns The same values.
 */
export function sameOnAll<T extends tf.Tensor>({ cluster }: SpreadBatch, x: T): T {
  return customGradient([x], (x) => ({
    value: x.clone(),
    gradient: (dy) => [dy.div(cluster.size)],
  }));
}
