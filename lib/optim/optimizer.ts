/**
 * The interface of optimizers, as pairs of pure functions.
 *
 * @module
 */
import { isTensor, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";

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
   * Weight decay (λ), at least 0: λ times the parameter is added to its gradient.
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
