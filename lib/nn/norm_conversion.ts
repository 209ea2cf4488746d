/**
 * Conversion between plain batch norm and NBN, with unchanged outputs.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { isLength, isMagnitude } from "./nbn.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./torchvision.ts";

/**
 * Computes the constants `weightLength` and `biasLength` with which γ and β of NBN layers equal their direction
 * vectors, so that the network's outputs are those with plain batch norms.
 *
 * @param network The network, with γ and β of plain batch norms as directions, and the initial magnitude.
 * @param weights Its trees; not disposed.
 * @param shape Shape of one input without the batch.
 * @param isOf Selects layers by path; the others keep unit length.
 * @returns New scalars by their paths in the state, which the caller disposes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nbn, network, sequential } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const net = network(sequential({ norm: nbn()({ channels: 4, path: "norm" }) }));
 * const lengths = startLengths(net, net.init(0, [4]), [4]);
 * // The direction is [1, 1, 1, 1], which has length 2.
 * assertEquals(lengths.get("norm/weightLength")!.dataSync()[0], 2);
 * ```
 */
export function startLengths(
  network: Network,
  { params, state }: Weights,
  shape: readonly number[],
  isOf: (path: string) => boolean = () => true,
): Map<string, tf.Tensor> {
  const vectors = new Map(flatten(params)), lengths = new Map<string, tf.Tensor>();
  tf.tidy(() => {
    network.apply(params, state, tf.zeros([1, ...shape]), {
      training: false,
      onNorm({ kind, site, weight, bias }) {
        if (kind !== "nbn" || !isOf(site.path)) return;
        for (const [name, made] of Object.entries({ weight, bias })) {
          const vector = vectors.get(`${site.path}/${name}`);
          if (!vector) continue; // A bias that is always 0.
          const squared = made.square().sum(), isZero = squared.equal(0).toFloat();
          // Avoids 0 / 0 for a zero vector, whose length is set to 1.
          const length = vector.mul(made).sum().add(isZero).div(squared.add(isZero));
          lengths.set(`${site.path}/${name}Length`, tf.keep(length));
        }
      },
    });
  });
  return released(lengths);
}

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
 * import { engine } from "@nbn/toolkit/engine";
 * import { nbn, network, sequential } from "@nbn/toolkit/nn";
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

/**
 * Moves tensors kept by `tf.keep` into the current scope.
 *
 * @param kept Tensors kept by `tf.keep`, which are disposed.
 * @returns The same values in new tensors, which the current scope disposes.
 */
function released(kept: ReadonlyMap<string, tf.Tensor>): Map<string, tf.Tensor> {
  return new Map(
    [...kept].map(([name, tensor]) => {
      const free = tensor.clone();
      tensor.dispose();
      return [name, free];
    }),
  );
}
