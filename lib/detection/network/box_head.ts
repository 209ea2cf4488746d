/**
 * Head that classifies regions and refines their boxes.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import type { Rng } from "../../core/rng.ts";
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import { relu } from "../../engine/ops/mod.ts";
import { linear } from "../../nn/linear.ts";
import type { Module } from "../../nn/module.ts";
import { branch } from "../../nn/compose.ts";
import { normalizedLinear } from "./normalized_linear.ts";
import { startedAt } from "./start.ts";

/** Options of {@linkcode boxHead}. */
export interface BoxHeadOptions {
  /** Number of classes, without background. */
  readonly classes: number;
  /** Number of logits, which the loss requires: for instance `classes + 1` with background last. */
  readonly logits: number;
  /**
   * Whether the classifier is normalised.
   *
   * @default {false}
   */
  readonly normalized?: boolean;
  /**
   * Initial bias of the logits.
   *
   * @default {0}
   */
  readonly bias?: number;
  /**
   * Channels of the maps.
   *
   * @default {256}
   */
  readonly channels?: number;
  /**
   * Units of the two hidden layers.
   *
   * @default {1024}
   */
  readonly hidden?: number;
  /**
   * Bins of a region in each direction.
   *
   * @default {7}
   */
  readonly size?: number;
}

/** Predictions for regions. */
export interface BoxOutput {
  /** Logits, in the loss's layout. Shape `[regions, logits]`. */
  readonly logits: tf.Tensor2D;
  /** Coded box for each class. Shape `[regions, classes · 4]`. */
  readonly code: tf.Tensor2D;
}

/** Head that classifies regions and refines their boxes. */
export interface BoxHead {
  /** Creates the parameters: `hidden1`, `hidden2`, `classifier`, `boxes`, each `weight` and `bias`. */
  init(rng: Rng): Params;
  /**
   * Predicts from the features of regions.
   *
   * @param params Parameters.
   * @param features Shape `[regions, size, size, channels]`.
   */
  apply(params: Params, features: tf.Tensor4D): BoxOutput;
}

/**
 * Creates the box head: two hidden linear layers with ReLU, a classifier, and a coded box for each class.
 *
 * Source: Lin et al. 2017, Feature Pyramid Networks, section 4.2; initialised as in mmdetection.
 *
 * @param options Classes, logits, classifier, sizes.
 * @returns The head.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const head = boxHead({ classes: 3, logits: 4, channels: 8, hidden: 16, size: 2 });
 * const { logits, code } = head.apply(head.init(rng(0)), tf.zeros([5, 2, 2, 8]));
 * assertEquals([logits.shape, code.shape], [[5, 4], [5, 12]]);
 * ```
 */
export function boxHead(
  { classes, logits, normalized = false, bias = 0, channels = 256, hidden = 1024, size = 7 }:
    BoxHeadOptions,
): BoxHead {
  const inputs = size * size * channels;
  const classifier = normalized ? normalizedLinear({ units: logits }) : linear({ units: logits });
  const parts: Readonly<Record<string, readonly [module: Module, inputs: number]>> = {
    hidden1: [startedAt(linear({ units: hidden }), "xavier"), inputs],
    hidden2: [startedAt(linear({ units: hidden }), "xavier"), hidden],
    classifier: [startedAt(classifier, 0.01, bias), hidden],
    boxes: [startedAt(linear({ units: 4 * classes }), 0.001), hidden],
  };
  return {
    init: (rng) =>
      Object.fromEntries(
        Object.entries(parts).map((
          [name, [part, from]],
        ) => [name, part.init(rng.fork(name), [from]).params]),
      ),
    apply(params, features) {
      const run = (name: string, x: tf.Tensor) =>
        parts[name][0].apply(branch(params, name), {}, x, { training: false }).y;
      const first = relu(run("hidden1", features.reshape([-1, inputs])));
      const second = relu(run("hidden2", first));
      return {
        logits: expectRank(run("classifier", second), 2, "logits"),
        code: expectRank(run("boxes", second), 2, "coded boxes"),
      };
    },
  };
}
