/**
 * Networks followed by further modules.
 *
 * @module
 */
import type { Module } from "./module.ts";
import { type Network, network as networkOf } from "./network.ts";
import { sequential } from "./sequential.ts";

/**
 * Appends modules to a network's output, for instance a method's transformation of the logits.
 *
 * @param network The network.
 * @param parts The modules by name, in order; the names are the first components of their parameters' paths.
 * @returns The extended network; the paths of the original parts are unchanged.
 * @throws {RangeError} When initialised, if a name is one of the network's own parts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { append, resnet32, tDistributed } from "@nbn/toolkit/nn";
 *
 * const net = append(resnet32({ classes: 10, head: "cosine" }), { tsc: tDistributed() });
 * assertEquals(net.name, "resnet32-tsc");
 * ```
 */
export function append(network: Network, parts: Readonly<Record<string, Module>>): Network {
  const end = networkOf(sequential(parts));
  return {
    name: [network.name, ...Object.keys(parts)].join("-"),
    init(seed, inputShape) {
      const first = network.init(seed, inputShape);
      const twice = Object.keys(parts).find((name) => name in first.params || name in first.state);
      if (twice) {
        throw new RangeError(
          `Expected no part of ${network.name} to be called ${twice}, as what is put behind it: rename it`,
        );
      }
      const second = end.init(seed, first.outputShape);
      return {
        params: { ...first.params, ...second.params },
        state: { ...first.state, ...second.state },
        outputShape: second.outputShape,
      };
    },
    apply(params, state, x, mode) {
      const first = network.apply(params, state, x, mode);
      const second = end.apply(params, state, first.y, mode);
      return { y: second.y, state: { ...first.state, ...second.state } };
    },
  };
}
