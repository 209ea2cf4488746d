/**
 * A vector as direction times magnitude: the reparametrisation at the heart of NBN.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { customGradient } from "../engine/ops/custom_gradient.ts";

/**
 * How a direction v is normalised to a unit vector, v / d(v).
 *
 * - `"exact"`: d = ‖v‖, for vectors that stay away from 0 (the weight, initialised to ones).
 * - `"reference"`: d = ‖v‖ + 1e-6, as in the paper's code; at v = 0 its gradient is a million times too large.
 * - `"smooth"`: d = √(‖v‖² + 1), whose gradient is well scaled at 0; d approaches ‖v‖ for long vectors.
 */
export type UnitRule = "exact" | "reference" | "smooth";

/** Options of {@linkcode normalizedAffine}. */
export interface NormalizedAffineOptions {
  /**
   * How the direction is normalised to a unit vector.
   *
   * @default {"exact"}
   */
  rule?: UnitRule;
  /** Called during the backward pass with ĝ = Σ_j (v_j/d)·∂L/∂γ_j, a scalar (equation 3). */
  onMagnitudeGradient?: (gradient: tf.Tensor) => void;
}

const REFERENCE_EPSILON = 1e-6;

/**
 * Computes γ = g · v / ‖v‖ (paper, equation 2), with the gradient of equation 3:
 * ∂L/∂v_i = (g/‖v‖)·(∂L/∂γ_i − (v_i/‖v‖)·ĝ) and ∂L/∂g = ĝ.
 *
 * @param direction v, shape `[channels]`.
 * @param magnitude g, a scalar tensor.
 * @param options Normalisation rule, and a callback for ĝ.
 * @returns γ, shape `[channels]`.
 * @throws {RangeError} If the direction is not a vector or the magnitude is not a scalar.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...normalizedAffine(tf.tensor1d([3, 4]), tf.scalar(10)).dataSync()], [6, 8]);
 * ```
 */
export function normalizedAffine(
  direction: tf.Tensor1D,
  magnitude: tf.Scalar,
  { rule = "exact", onMagnitudeGradient }: NormalizedAffineOptions = {},
): tf.Tensor1D {
  if (direction.rank !== 1 || magnitude.rank !== 0) {
    throw new RangeError(
      `Expected a direction [channels] and a scalar magnitude ` +
        `but found [${direction.shape}] and [${magnitude.shape}]`,
    );
  }
  return customGradient([direction, magnitude], (vector, scale) => {
    const squared = vector.square().sum();
    const norm = squared.sqrt();
    const length = rule === "smooth"
      ? squared.add(1).sqrt()
      : rule === "reference"
      ? norm.add(REFERENCE_EPSILON)
      : norm;
    const unit = vector.div(length);
    return {
      value: unit.mul(scale),
      saved: [vector, scale, norm, length, unit],
      gradient(dy, [vector, scale, norm, length, unit]) {
        const ofMagnitude = unit.mul(dy).sum();
        onMagnitudeGradient?.(ofMagnitude);
        // ∂d/∂v is v/‖v‖, and v/d under the smooth rule; both are taken as 0 at v = 0, as in PyTorch.
        const ofLength = vector.div(rule === "smooth" ? length : norm.maximum(1e-30));
        return [dy.sub(ofLength.mul(ofMagnitude)).mul(scale.div(length)), ofMagnitude];
      },
    };
  });
}
