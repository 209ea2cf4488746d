/**
 * Initialisation of the layers of a detector.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { normalTensor, uniformTensor } from "../../nn/initialise.ts";
import type { Module } from "../../nn/module.ts";

/**
 * How weights are initialised: from a normal distribution of this deviation, or from the uniform distribution of Glorot
 * and Bengio 2010 (`"xavier"`), whose bound is √(6 / (inputs + outputs)).
 */
export type Start = number | "xavier";

/**
 * Replaces the initialisation of a convolution or linear layer.
 *
 * @param layer The layer, with `weight` and `bias`.
 * @param start Distribution of the weights.
 * @param bias Initial value of the bias.
 * @returns The layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { tf } from "@nbn/toolkit/engine";
 * import { linear } from "@nbn/toolkit/nn";
 *
 * const { params } = startedAt(linear({ units: 2 }), 0.01, -4).init(rng(0), [3]);
 * assertEquals([...(params.bias as tf.Tensor).dataSync()], [-4, -4]);
 * ```
 */
export function startedAt(layer: Module, start: Start, bias = 0): Module {
  return {
    ...layer,
    init(rng, inputShape) {
      const made = layer.init(rng, inputShape);
      const { weight, ...rest } = made.params as Record<string, tf.Tensor>;
      const random = rng.fork("weight"), { shape } = weight;
      const [inputs, outputs] = shape.slice(-2);
      const field = shape.slice(0, -2).reduce((product, side) => product * side, 1);
      const bound = Math.sqrt(6 / (field * (inputs + outputs)));
      weight.dispose();
      return {
        ...made,
        params: {
          ...rest,
          weight: start === "xavier"
            ? uniformTensor(random, shape, bound)
            : normalTensor(random, shape, start),
          ...(rest.bias ? { bias: filled(rest.bias, bias) } : {}),
        },
      };
    },
  };
}

function filled(old: tf.Tensor, value: number): tf.Tensor {
  old.dispose();
  return tf.fill(old.shape, value);
}
