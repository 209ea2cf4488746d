/**
 * The interface of optimizers, and stochastic gradient descent, as pairs of pure functions.
 *
 * @module
 */
import { flatten, isTensor, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { traced } from "../engine/traced.ts";

/** Updates parameters by their gradients. Both functions are pure and can be traced. */
export interface Optimizer {
  /** Description for `config.json`. */
  readonly description: Readonly<Record<string, string | number | boolean>>;
  /** Options of SGD, so that settings can recreate it with changes; missing for other optimizers. */
  readonly sgd?: Readonly<SgdOptions>;
  /**
   * Creates the initial state.
   *
   * @param params Parameters to train.
   * @returns A tree of tensors.
   */
  init(params: Params): Params;
  /**
   * Computes one step. The inputs are neither changed nor disposed.
   *
   * @param params Tree of parameters.
   * @param gradients Tree of the same structure.
   * @param state State from `init` or from the previous step.
   * @param learningRate Learning rate of this step.
   * @returns New parameters and new state.
   */
  update(
    params: Params,
    gradients: Params,
    state: Params,
    learningRate: tf.Scalar,
  ): { params: Params; state: Params };
}

/** A parameter before a step, with its gradient and velocity. */
type Slot = { rate: tf.Tensor; value: tf.Tensor; slope: tf.Tensor; old?: tf.Tensor };

/** A parameter after a step, with its new velocity. */
type Moved = { value: tf.Tensor; velocity?: tf.Tensor };

/** Options of {@linkcode sgd}. */
export interface SgdOptions {
  /**
   * Momentum (μ), in [0, 1).
   *
   * @default {0.9}
   */
  momentum?: number;
  /**
   * Whether to use Nesterov momentum.
   *
   * @default {false}
   */
  nesterov?: boolean;
  /**
   * Weight decay (λ): λ times the parameter is added to its gradient.
   *
   * @default {0}
   */
  weightDecay?: number;
  /**
   * Selects the parameters that decay, by path (`stage3/block4/bn2/weight`).
   *
   * @default {all of them}
   */
  decay?: (path: string) => boolean;
  /**
   * Factor on the learning rate of a parameter, by path; above 0.
   *
   * @default {1}
   */
  rate?: (path: string) => number;
}

/**
 * SGD with momentum as in PyTorch: the decay is part of the gradient, d = ∇ + λ·w; the velocity is v ← μ·v + d, the
 * step w ← w − η·v (Nesterov: w ← w − η·(d + μ·v)).
 *
 * The velocity starts at 0, so that the first step follows the gradient, as in PyTorch.
 *
 * @param options Momentum, Nesterov, weight decay and its mask.
 * @returns The optimizer.
 * @throws {RangeError} If a number is out of range, or Nesterov is used without momentum.
 *
 * @example Two steps on x² from 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import type { Params } from "../core/tree.ts";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { init, update } = sgd({ momentum: 0.5 });
 * const rate = tf.scalar(0.1);
 * let params: Params = { x: tf.scalar(1) };
 * let state = init(params);
 * for (let step = 0; step < 2; step++) {
 *   const gradients = { x: (params.x as tf.Tensor).mul(2) };
 *   ({ params, state } = update(params, gradients, state, rate));
 * }
 * assertAlmostEquals((params.x as tf.Tensor).dataSync()[0], 0.54, 1e-6);
 * ```
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { momentum = 0.9, nesterov = false, weightDecay = 0, decay = () => true, rate } = options;
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`Expected momentum to be at least 0 and below 1 but found ${momentum}`);
  }
  if (!(weightDecay >= 0 && weightDecay < Infinity)) {
    throw new RangeError(`Expected weightDecay to be at least 0 but found ${weightDecay}`);
  }
  if (nesterov && momentum === 0) {
    throw new RangeError("Expected Nesterov to have a momentum above 0 but found 0");
  }
  const change = (lambda: number) =>
    traced(
      ({ rate, value, slope, old }: Slot): Moved => {
        const direction = lambda > 0 ? slope.add(value.mul(lambda)) : slope;
        if (!old) return { value: value.sub(direction.mul(rate)) };
        const velocity = old.mul(momentum).add(direction);
        const way = nesterov ? direction.add(velocity.mul(momentum)) : velocity;
        return { value: value.sub(way.mul(rate)), velocity };
      },
      // Fused into one elementwise loop, so that memory is traversed once.
      { name: "sgd", xla: "large" },
    );
  const plain = change(0), decaying = change(weightDecay);
  return {
    description: { name: "sgd", momentum, nesterov, weightDecay },
    sgd: options,
    init: (params) => {
      if (momentum === 0) return {};
      return unflatten(
        flatten(params).map(([path, tensor]) => [path, tf.zerosLike(tensor)] as const),
      );
    },
    update: (params, gradients, state, learningRate) => {
      const slopes = new Map(flatten(gradients));
      const velocities = new Map(flatten(state));
      const newParams: [string, tf.Tensor][] = [];
      const newState: [string, tf.Tensor][] = [];
      for (const [path, value] of flatten(params)) {
        const slope = expectTensor(slopes.get(path), "gradient", path);
        const decays = weightDecay > 0 && decay(path);
        const factor = rate?.(path) ?? 1;
        const own = factor === 1 ? learningRate : learningRate.mul(factor);
        const slot: Slot = { rate: own, value, slope };
        if (momentum > 0) slot.old = expectTensor(velocities.get(path), "velocity", path);
        const moved = (decays ? decaying : plain).nested(slot);
        newParams.push([path, moved.value]);
        if (moved.velocity) newState.push([path, moved.velocity]);
      }
      return { params: unflatten(newParams), state: unflatten(newState) };
    },
  };
}

/**
 * Checks that a tree contains the tensor of a parameter.
 *
 * @param found The tensor at its path, if any.
 * @param what Kind of tensor, for the error message.
 * @param path The path.
 * @returns The tensor.
 * @throws {RangeError} If it is missing.
 */
export function expectTensor(found: tf.Tensor | undefined, what: string, path: string): tf.Tensor {
  if (!isTensor(found)) {
    throw new RangeError(
      `Expected a ${what} for ${path} but found none: the trees must have the same paths`,
    );
  }
  return found;
}
