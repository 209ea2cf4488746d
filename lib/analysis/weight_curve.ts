/**
 * Sorted weights of a norm layer.
 *
 * @module
 */
import { NotApplicableError } from "../core/errors.ts";
import type { Model } from "../inference/predict.ts";
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
  /** Path of the norm layer. */
  readonly path: string;
  /** Batch norm or NBN. */
  readonly kind: "bn" | "nbn";
  /** Scale γ of each channel in descending order; for NBN g·v/‖v‖. */
  readonly weights: Float32Array;
}

/**
 * Sorts the weights of the last norm layer in descending order (paper, Figure 5). The steeper the curve, the more a few
 * channels dominate.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param options Path of the layer.
 * @returns The effective weights of the layer in descending order.
 * @throws {NotApplicableError} If there is no norm layer of that path; the message lists the available ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { weightCurve } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
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
    throw new NotApplicableError(
      `Expected a norm layer of ${model.network.name} (${known || "it has none"}) ` +
        `but found ${path === undefined ? "no last norm layer of a block" : `"${path}"`}`,
    );
  }
  const weights = found.weight.slice().sort().reverse();
  return { path: found.path, kind: found.kind, weights };
}
