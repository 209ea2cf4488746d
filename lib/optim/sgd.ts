/**
 * Stochastic gradient descent with momentum.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { chain } from "./chain.ts";
import { momentum } from "./momentum.ts";
import type { Optimizer, SgdOptions } from "./optimizer.ts";
import { scaleByRate } from "./scale_by_rate.ts";
import { weightDecay } from "./weight_decay.ts";

/**
 * SGD with momentum as in PyTorch: the decay is part of the gradient, d = ∇ + λ·w; the velocity is v ← μ·v + d, the
 * step w ← w − η·v (Nesterov: w ← w − η·(d + μ·v)).
 *
 * The velocity starts at 0, so that the first step follows the gradient, as in PyTorch. The state holds it by the path
 * of its parameter; without momentum there is no state.
 *
 * @param options Momentum, Nesterov, weight decay and its mask.
 * @returns The optimizer.
 * @throws {RangeError} If a number is out of range, or Nesterov is used without momentum.
 *
 * @example Two steps on x² from 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import type { Params } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { sgd } from "@nbn/toolkit/optim";
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
  const { momentum: coefficient = 0.9, nesterov = false, decay, rate } = options;
  const { weightDecay: lambda = 0 } = options;
  const links = [weightDecay(lambda, decay), momentum(coefficient, { nesterov }), scaleByRate()];
  const { init, update } = chain(links, { name: "sgd", rate });
  return {
    description: { name: "sgd", momentum: coefficient, nesterov, weightDecay: lambda },
    sgd: options,
    // Checkpoints hold the velocities without the slot's name.
    init: (params) => init(params).velocity as Params,
    update(params, gradients, velocity, learningRate) {
      const next = update(params, gradients, { velocity }, learningRate);
      return { params: next.params, state: next.state.velocity as Params };
    },
  };
}
