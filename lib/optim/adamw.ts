/**
 * AdamW as a pair of pure functions.
 *
 * @module
 */
import { flatten, mapTree, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { traced } from "../engine/traced.ts";
import { expectTensor, type Optimizer } from "./optimizer.ts";

/** Options of {@linkcode adamw}. */
export interface AdamwOptions {
  /**
   * Decay rate of the running mean of the gradient (β₁), in [0, 1).
   *
   * @default {0.9}
   */
  readonly beta1?: number;
  /**
   * Decay rate of the running mean of the squared gradient (β₂), in [0, 1).
   *
   * @default {0.999}
   */
  readonly beta2?: number;
  /**
   * Added to the root of the mean squared gradient for numerical stability (ε), above 0.
   *
   * @default {1e-8}
   */
  readonly epsilon?: number;
  /**
   * Decoupled weight decay (λ): each step shrinks a parameter by this fraction times the learning rate.
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

/** A parameter before a step, with its gradient and optimizer state. */
type Slot = {
  rate: tf.Tensor;
  value: tf.Tensor;
  slope: tf.Tensor;
  mean: tf.Tensor;
  square: tf.Tensor;
  /** Bias corrections 1 − βᵗ: the sums of the weights in the running means, which start at 0. */
  weights: { mean: tf.Tensor; square: tf.Tensor };
};

/** A parameter after a step, with its new optimizer state. */
type Moved = { value: tf.Tensor; mean: tf.Tensor; square: tf.Tensor };

/**
 * AdamW as in PyTorch: w ← w − η·λ·w, so that the decay is decoupled from the gradient; m ← β₁·m + (1 − β₁)·∇ and
 * v ← β₂·v + (1 − β₂)·∇²; w ← w − η · m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t.
 *
 * The state holds m and v as `mean/<path>` and `square/<path>`, and 1 − β₁ᵗ and 1 − β₂ᵗ as `weights/mean` and
 * `weights/square`: as running means of 1, which avoids the cancellation in 1 − βᵗ.
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
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { init, update } = adamw({ weightDecay: 0 });
 * const start = { x: tf.scalar(1) };
 * const { params } = update(start, { x: tf.scalar(50) }, init(start), tf.scalar(0.1));
 * assertAlmostEquals((params.x as tf.Tensor).dataSync()[0], 0.9, 1e-6);
 * ```
 */
export function adamw(options: AdamwOptions = {}): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options;
  const { decay = () => true, rate } = options;
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (beta >= 0 && beta < 1) continue;
    throw new RangeError(`Expected ${name} to be at least 0 and below 1 but found ${beta}`);
  }
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`Expected epsilon to be above 0 but found ${epsilon}`);
  }
  if (!(weightDecay >= 0 && weightDecay < Infinity)) {
    throw new RangeError(`Expected weightDecay to be at least 0 but found ${weightDecay}`);
  }
  const running = (mean: tf.Tensor, value: tf.Tensor, beta: number) =>
    mean.mul(beta).add(value.mul(1 - beta));
  const change = (lambda: number) =>
    traced(
      ({ rate, value, slope, ...old }: Slot): Moved => {
        const kept = lambda > 0 ? value.sub(value.mul(rate.mul(lambda))) : value;
        const mean = running(old.mean, slope, beta1);
        const square = running(old.square, slope.square(), beta2);
        const spread = square.div(old.weights.square).sqrt().add(epsilon);
        const way = mean.div(old.weights.mean).div(spread);
        return { value: kept.sub(way.mul(rate)), mean, square };
      },
      // Fused into one elementwise loop, so that memory is traversed once.
      { name: "adamw", xla: true },
    );
  const plain = change(0), decaying = change(weightDecay);
  return {
    description: { name: "adamw", beta1, beta2, epsilon, weightDecay },
    init: (params) => ({
      mean: mapTree(params, (tensor) => tf.zerosLike(tensor)),
      square: mapTree(params, (tensor) => tf.zerosLike(tensor)),
      weights: { mean: tf.scalar(0), square: tf.scalar(0) },
    }),
    update: (params, gradients, state, learningRate) => {
      const slopes = new Map(flatten(gradients)), old = new Map(flatten(state));
      const part = (name: string) => expectTensor(old.get(name), "state", name);
      const one = tf.scalar(1);
      const weights = {
        mean: running(part("weights/mean"), one, beta1),
        square: running(part("weights/square"), one, beta2),
      };
      const next: Record<keyof Moved, [string, tf.Tensor][]> = { value: [], mean: [], square: [] };
      for (const [path, value] of flatten(params)) {
        const factor = rate?.(path) ?? 1;
        const moved = (weightDecay > 0 && decay(path) ? decaying : plain).nested({
          rate: factor === 1 ? learningRate : learningRate.mul(factor),
          value,
          slope: expectTensor(slopes.get(path), "gradient", path),
          mean: part(`mean/${path}`),
          square: part(`square/${path}`),
          weights,
        });
        for (const name of ["value", "mean", "square"] as const) {
          next[name].push([path, moved[name]]);
        }
      }
      const { mean, square } = next;
      return {
        params: unflatten(next.value),
        state: { mean: unflatten(mean), square: unflatten(square), weights },
      };
    },
  };
}
