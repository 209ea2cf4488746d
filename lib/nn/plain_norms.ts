/**
 * Conversion of trained NBN to plain batch norm.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { isLength, isMagnitude } from "./nbn.ts";
import type { Network } from "./network.ts";
import { released } from "./released.ts";
import type { Weights } from "./torchvision.ts";

/**
 * Replaces v and u by γ = g · v/‖v‖ and β = g · u/‖u‖, adds a β of 0 where there is no bias, and drops magnitudes and
 * lengths: the weights of the equivalent network with plain batch norms.
 *
 * @param network The network.
 * @param weights Its trees; not disposed.
 * @param shape Shape of one input without the batch.
 * @returns New trees, which the caller disposes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "../engine/engine.ts";
 * import { nbn } from "./nbn.ts";
 * import { network } from "./network.ts";
 * import { sequential } from "./sequential.ts";
 *
 * await engine();
 * const net = network(sequential({ norm: nbn()({ channels: 4, path: "norm" }) }));
 * const { params } = plainNorms(net, net.init(0, [4]), [4]);
 * assertEquals(JSON.stringify(params), JSON.stringify({ norm: params.norm }));
 * ```
 */
export function plainNorms(
  network: Network,
  { params, state }: Weights,
  shape: readonly number[],
): Weights {
  const made = new Map<string, tf.Tensor>();
  tf.tidy(() => {
    network.apply(params, state, tf.zeros([1, ...shape]), {
      training: false,
      onNorm({ kind, site: { path }, weight, bias }) {
        if (kind !== "nbn") return;
        made.set(`${path}/weight`, tf.keep(weight.clone()));
        made.set(`${path}/bias`, tf.keep(bias.clone()));
      },
    });
  });
  const vectors = released(made);
  const plain = (tree: Params) =>
    flatten(tree).filter(([path]) => !isMagnitude(path) && !isLength(path))
      .map(([path, tensor]) => [path, vectors.get(path) ?? tensor.clone()] as const);
  const there = new Map(flatten(params));
  const biases = [...vectors].filter(([path]) => !there.has(path));
  return { params: unflatten([...plain(params), ...biases]), state: unflatten(plain(state)) };
}
