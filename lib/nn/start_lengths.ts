/**
 * NBN initialised from weights of plain batch norms, with unchanged outputs.
 *
 * @module
 */
import { flatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Network } from "./network.ts";
import { released } from "./released.ts";
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
 * import { engine } from "../engine/engine.ts";
 * import { nbn } from "./nbn.ts";
 * import { network } from "./network.ts";
 * import { sequential } from "./sequential.ts";
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
          const wanted = vectors.get(`${site.path}/${name}`);
          if (!wanted) continue; // A bias that is always 0.
          const squared = made.square().sum(), isZero = squared.equal(0).toFloat();
          // Avoids 0 / 0 for a zero vector, whose length is set to 1.
          const length = wanted.mul(made).sum().add(isZero).div(squared.add(isZero));
          lengths.set(`${site.path}/${name}Length`, tf.keep(length));
        }
      },
    });
  });
  return released(lengths);
}
