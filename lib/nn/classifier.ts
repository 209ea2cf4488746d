/**
 * What ends every network here: the mean over positions, and a classifier.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { globalAveragePool } from "../engine/ops/mod.ts";
import { linear } from "./linear.ts";
import type { Module } from "./module.ts";
import { stateless, tapped } from "./sequential.ts";

/** Options of a network's end. */
export interface ClassifierOptions {
  /** Number of classes. */
  classes: number;
  /**
   * The classifier: plain, cosines between features and weights (LDAM), or a layer of one's own from `[channels]` to
   * `[classes]`.
   *
   * @default {"linear"}
   */
  head?: "linear" | "cosine" | Module;
  /** Applied to the logits, for instance `lr()`; its state stands under `lr`. */
  logits?: Module;
}

/**
 * Global average pooling, a linear classifier and what is applied to its logits.
 *
 * @param options Classes, head, logits.
 * @returns The parts `pool`, `head` and perhaps `lr`, with taps `embedding` and `logits`.
 */
export function classifier({ classes, head, logits }: ClassifierOptions): Record<string, Module> {
  const pool = tapped(
    "embedding",
    stateless((x) => globalAveragePool(x as tf.Tensor4D), ([, , channels]) => [channels]),
  );
  const last = typeof head === "object"
    ? head
    : linear({ units: classes, cosine: head === "cosine" });
  return logits
    ? { pool, head: last, lr: tapped("logits", logits) }
    : { pool, head: tapped("logits", last) };
}
