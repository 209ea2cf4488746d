/**
 * The structure that a checkpoint of a network must have.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import type { Network } from "../nn/network.ts";
import type { Expected } from "./checkpoint.ts";

/**
 * Returns the name, paths and shapes of a network.
 *
 * @param network The network.
 * @param shape Shape of one image.
 * @returns What a checkpoint must match. Only the shapes can be read: the tensors are already disposed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { engine } from "@nbn/toolkit/engine";
 * import { linear, network, sequential } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { params = {} } = expectedOf(network(sequential({ head: linear({ units: 2 }) })), [3]);
 * assertEquals(flatten(params).find(([path]) => path === "head/weight")?.[1].shape, [3, 2]);
 * ```
 */
export function expectedOf(network: Network, shape: readonly number[]): Expected {
  const { params, state } = network.init(0, shape);
  for (const tree of [params, state]) disposeTree(tree);
  return { network: network.name, params, state };
}
