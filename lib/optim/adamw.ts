/**
 * AdamW.
 *
 * @module
 */
import { chain } from "./chain.ts";
import type { Optimizer } from "./optimizer.ts";
import { scaleByAdam, type ScaleByAdamOptions } from "./scale_by_adam.ts";
import { scaleByRate } from "./scale_by_rate.ts";
import { decoupledWeightDecay } from "./weight_decay.ts";

/** Options of {@linkcode adamw}. */
export interface AdamwOptions extends ScaleByAdamOptions {
  /**
   * Decoupled weight decay (λ), at least 0: each step shrinks a parameter by this fraction times the learning rate.
   *
   * @default {0.01}
   */
  readonly weightDecay?: number;
  /**
   * Selects the parameters that decay, by path (`stage3/block4/bn2/weight`).
   *
   * @default {all of them}
   */
  readonly decay?: (path: string) => boolean;
  /**
   * Factor on the learning rate of a parameter, by path; above 0.
   *
   * @default {1}
   */
  readonly rate?: (path: string) => number;
}

/**
 * AdamW as in PyTorch: w ← w − η·λ·w, so that the decay is decoupled from the gradient, then w ← w − η·d with Adam's
 * direction d, see {@linkcode scaleByAdam}.
 *
 * The state holds `mean/<path>`, `square/<path>`, `weights/mean` and `weights/square`.
 *
 * Source: Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, algorithm 2, with the schedule multiplier
 * as part of the learning rate.
 *
 * @param options β₁, β₂, ε, weight decay and its mask.
 * @returns The optimizer.
 * @throws {RangeError} If a number is out of range.
 *
 * @example The first step is as large as the learning rate, regardless of the gradient
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { adamw } from "@nbn/toolkit/optim";
 *
 * await engine();
 * const { init, update } = adamw({ weightDecay: 0 });
 * const start = { x: tf.scalar(1) };
 * const { params } = update(start, { x: tf.scalar(50) }, init(start), tf.scalar(0.1));
 * assertAlmostEquals((params.x as tf.Tensor).dataSync()[0], 0.9, 1e-6);
 * ```
 */
export function adamw(
  { weightDecay = 0.01, decay, rate, ...moments }: AdamwOptions = {},
): Optimizer {
  const links = [decoupledWeightDecay(weightDecay, decay), scaleByAdam(moments), scaleByRate()];
  const optimizer = chain(links, { name: "adamw", rate, xla: true });
  // In the order of earlier versions, whose config.json is compared with it.
  const { name, beta1, beta2, epsilon } = optimizer.description;
  return { ...optimizer, description: { name, beta1, beta2, epsilon, weightDecay } };
}
