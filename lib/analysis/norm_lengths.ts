/**
 * Lengths of the parameter vectors of norm layers, and how even they are.
 *
 * @module
 */
import type { NormLayer } from "./list_norms.ts";

/** The scale γ and shift β of a norm layer as vectors over its channels. */
export interface NormLengths extends Pick<NormLayer, "path" | "kind"> {
  /** Length ‖γ‖; for NBN the magnitude g. */
  readonly weightLength: number;
  /** Length ‖β‖. */
  readonly biasLength: number;
  /** Variance of γ over the channels. */
  readonly weightVariance: number;
  /** Variance of β over the channels. */
  readonly biasVariance: number;
}

/**
 * Measures the parameter vectors of norm layers.
 *
 * @param layers Norm layers, from {@linkcode listNorms}.
 * @returns Lengths and variances of each layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { normLengths } from "@nbn/toolkit/analysis";
 *
 * const place = { channels: 2, stage: 3, stages: 3, block: 1, role: "last", path: "bn" } as const;
 * const layer = { ...place, kind: "bn", weight: Float32Array.of(3, 4), bias: Float32Array.of(0, 2) } as const;
 * const [{ weightLength, biasLength, weightVariance, biasVariance }] = normLengths([layer]);
 * assertEquals([weightLength, biasLength, weightVariance, biasVariance], [5, 2, 0.25, 1]);
 * ```
 */
export function normLengths(layers: readonly NormLayer[]): NormLengths[] {
  return layers.map(({ path, kind, weight, bias }) => {
    const [ofWeight, ofBias] = [weight, bias].map(momentsOf);
    return {
      path,
      kind,
      weightLength: ofWeight.length,
      biasLength: ofBias.length,
      weightVariance: ofWeight.variance,
      biasVariance: ofBias.variance,
    };
  });
}

function momentsOf(values: Float32Array): { length: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + value ** 2, 0);
  return { length: Math.sqrt(squares), variance: squares / values.length - mean ** 2 };
}
