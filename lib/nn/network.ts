/**
 * Networks: modules with all parameters, shared ones included, in one tree.
 *
 * @module
 */
import { elementsOf } from "../core/shape.ts";
import { rng } from "../core/rng.ts";
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { Mode, Module } from "./module.ts";

/** A network that can be trained, evaluated and saved. */
export interface Network {
  /** Name for logs and checkpoints, for instance `resnet32`. */
  readonly name: string;
  /**
   * Creates the initial parameters and state.
   *
   * @param seed Seed of the initialisation.
   * @param inputShape Shape of one input without the batch, for instance `[32, 32, 3]`.
   * @returns Parameters and state, and the shape of one output.
   */
  init(
    seed: number,
    inputShape: readonly number[],
  ): { params: Params; state: Params; outputShape: number[] };
  /**
   * Computes the output.
   *
   * @param params Tree returned by `init`, or an update of it.
   * @param state Running statistics.
   * @param x Input, the batch first.
   * @param mode Training or evaluation, taps.
   * @returns The output, and the new state.
   */
  apply(
    params: Params,
    state: Params,
    x: tf.Tensor,
    mode: Omit<Mode, "shared">,
  ): { y: tf.Tensor; state: Params };
}

/**
 * Creates a network from a module; parameters shared by its layers are stored once, at the root of the tree.
 *
 * @param module The outermost module.
 * @param options Name of the network.
 * @returns The network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linear } from "./linear.ts";
 *
 * const net = network(linear({ units: 2 }), { name: "probe" });
 * assertEquals(net.init(0, [3]).outputShape, [2]);
 * ```
 */
export function network(module: Module, { name = "network" }: { name?: string } = {}): Network {
  return {
    name,
    init(seed, inputShape) {
      if (elementsOf(inputShape) === 0) {
        throw new RangeError(
          `Expected an input shape of integers above 0 but found [${inputShape}]`,
        );
      }
      const { params, state, shared, outputShape } = module.init(rng(seed), inputShape);
      const twice = Object.keys(shared ?? {}).find((key) => key in params);
      if (twice) {
        throw new RangeError(
          `Expected no part of the network to be called ${twice}, the place of what parts share: rename it`,
        );
      }
      return { params: { ...params, ...shared }, state, outputShape };
    },
    apply: (params, state, x, mode) => module.apply(params, state, x, { ...mode, shared: params }),
  };
}
