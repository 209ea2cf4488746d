/**
 * Networks followed by further layers.
 *
 * @module
 */
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";
import { sequential } from "./sequential.ts";

/**
 * Appends layers to a network's output, for instance a method's transformation of the logits.
 *
 * @param inner The network.
 * @param layers The layers by name, in order; the names are the first components of their parameters' paths.
 * @returns The extended network; the paths of the original parts are unchanged.
 * @throws {RangeError} When initialised, if a name is one of the network's own parts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { appendLayers, resnet32, tDistributed } from "@nbn/toolkit/nn";
 *
 * const net = appendLayers(resnet32({ classes: 10, head: "cosine" }), { tsc: tDistributed() });
 * assertEquals(net.name, "resnet32-tsc");
 * ```
 */
export function appendLayers(inner: Network, layers: Readonly<Record<string, Module>>): Network {
  return network(sequential(layers, inner), {
    name: [inner.name, ...Object.keys(layers)].join("-"),
  });
}
