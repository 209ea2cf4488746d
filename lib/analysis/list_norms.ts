/**
 * The norm layers of a network with their effective weights and biases.
 *
 * @module
 */
import { elementsOf } from "../core/shape.ts";
import { tf } from "../deps/tfjs.ts";
import type { NormSite } from "../nn/module.ts";
import type { Model } from "../inference/predict.ts";

/** A norm layer. */
export interface NormLayer extends Required<NormSite> {
  /** Batch norm or NBN. */
  readonly kind: "bn" | "nbn";
  /** Scale γ of each channel; for NBN g·v/‖v‖. */
  readonly weight: Float32Array;
  /** Shift β of each channel; for NBN g·u/‖u‖. */
  readonly bias: Float32Array;
}

/**
 * Lists the BN and NBN layers of a network with their effective scales and shifts: for NBN the unit direction times the
 * magnitude, shared or not.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param inputShape Shape of one input without the batch.
 * @returns The layers in the order in which they are computed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listNorms } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nbn, resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const network = resnetCifar({ depth: 8, classes: 10, norm: nbn() });
 * const norms = listNorms({ network, ...network.init(0, [32, 32, 3]) }, [32, 32, 3]);
 * assertEquals(norms.filter(({ kind }) => kind === "nbn").map(({ path }) => path), ["stage3/block1/bn2"]);
 * assertEquals(norms.at(-1)!.weight[0], 1 / 8); // v of 64 ones has length 8
 * ```
 */
export function listNorms(
  { network, params, state }: Model,
  inputShape: readonly number[] = [32, 32, 3],
): NormLayer[] {
  elementsOf(inputShape);
  const found: NormLayer[] = [];
  tf.tidy(() => {
    network.apply(params, state, tf.zeros([1, ...inputShape]), {
      training: false,
      onNorm: ({ site, kind, weight, bias }) =>
        found.push({
          ...site,
          kind,
          weight: weight.dataSync() as Float32Array,
          bias: bias.dataSync() as Float32Array,
        }),
    });
  });
  return found;
}
