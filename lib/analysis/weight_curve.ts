/**
 * Sorted weights of a norm layer.
 *
 * @module
 */
import type { Model } from "../train/predict.ts";
import { listNorms } from "./list_norms.ts";

/** Options of {@linkcode weightCurve}. */
export interface WeightCurveOptions {
  /**
   * Path of the norm layer, for instance `stage3/block5/bn2`.
   *
   * @default {the last norm of the network's last block}
   */
  readonly path?: string;
  /**
   * Shape of one input without the batch; the weights do not depend on it.
   *
   * @default {[32, 32, 3]}
   */
  readonly inputShape?: readonly number[];
}

/** The weights of a norm layer. */
export interface WeightCurve {
  /** Path of the layer. */
  readonly path: string;
  /** Plain batch norm or NBN. */
  readonly kind: "bn" | "nbn";
  /** Scale γ of its channels, the largest first; for NBN g·v/‖v‖. */
  readonly weights: Float32Array;
}

/**
 * The weights of the last BN in order of size (paper, Figure 5): the steeper the curve, the more do few channels
 * dominate.
 *
 * @param model Network, parameters, statistics; they stay the caller's.
 * @param options Which layer.
 * @returns The weights that the layer applies, the largest first.
 * @throws {RangeError} If there is no norm layer of that path; the message lists those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "../engine/engine.ts";
 * import { resnetCifar } from "../nn/resnet_cifar.ts";
 *
 * await engine();
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const { path, weights } = weightCurve({ network, ...network.init(0, [32, 32, 3]) });
 * assertEquals([path, weights[0], weights.length], ["stage3/block1/bn2", 1, 64]);
 * ```
 */
export function weightCurve(
  model: Model,
  { path, inputShape }: WeightCurveOptions = {},
): WeightCurve {
  const norms = listNorms(model, inputShape);
  const found = path === undefined
    ? norms.findLast(({ role }) => role === "last")
    : norms.find((norm) => norm.path === path);
  if (!found) {
    const known = norms.map((norm) => norm.path).join(", ");
    throw new RangeError(
      `Expected a norm layer of ${model.network.name} (${known || "it has none"}) ` +
        `but found ${path === undefined ? "no last one of a block" : `"${path}"`}`,
    );
  }
  const weights = found.weight.slice().sort().reverse();
  return { path: found.path, kind: found.kind, weights };
}
