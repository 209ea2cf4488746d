/**
 * Remix.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import type { Rng } from "../../core/rng.ts";
import type { Mixable, Mixed } from "./mixed.ts";
import { mixup, type MixupOptions } from "./mixup.ts";

/** Options of {@linkcode remix}. */
export interface RemixOptions extends MixupOptions {
  /**
   * κ: ratio of class sizes from which the rarer class may take the whole target, at least 1.
   *
   * @default {3}
   */
  readonly kappa?: number;
  /**
   * τ: the rarer class takes the whole target if its fraction exceeds 1 − τ; 0 to 1.
   *
   * @default {0.5}
   */
  readonly tau?: number;
}

/**
 * Mixup whose targets favour the rarer class: for an image with λ of class i and 1 − λ of class j, the target is all j
 * if n_i/n_j ≥ κ and λ < τ, all i if n_i/n_j ≤ 1/κ and 1 − λ < τ, and mixup's otherwise.
 *
 * Source: Chou et al. 2020, Remix: Rebalanced Mixup.
 *
 * @param batch Normalised images and their labels; they are not modified.
 * @param counts Training images of each class.
 * @param random Random stream, for instance `rng(seed).fork(step)`.
 * @param options α, κ, τ.
 * @returns New images with partners and mixing fractions.
 * @throws {RangeError} If an option is out of range, a label has no count, or images and labels differ in number.
 *
 * @example With τ = 1 the rarer class always gets the target
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { remix } from "@nbn/toolkit/data";
 *
 * const batch = { images: Float32Array.of(0, 1), labels: Int32Array.of(0, 1) };
 * const { labels, partners, shares } = remix(batch, [90, 10], rng(1), { tau: 1 });
 * labels.forEach((label, i) => {
 *   if (label !== partners[i]) assertEquals(shares[i], label === 1 ? 1 : 0);
 * });
 * ```
 */
export function remix(
  batch: Mixable,
  counts: readonly number[],
  random: Rng,
  { alpha, kappa = 3, tau = 0.5 }: RemixOptions = {},
): Mixed {
  if (!(kappa >= 1 && kappa < Infinity)) {
    throw new RangeError(`Expected kappa to be at least 1 but found ${kappa}`);
  }
  expectRange("from 0 to 1", { tau });
  const missing = batch.labels.find((label) => !(counts[label] > 0));
  if (missing !== undefined) {
    throw new RangeError(
      `Expected a count above 0 for each label but found ${counts[missing]} for class ${missing}`,
    );
  }
  const mixed = mixup(batch, random, { alpha });
  const shares = mixed.shares.map((fraction, image) => {
    const ratio = counts[mixed.labels[image]] / counts[mixed.partners[image]];
    if (ratio >= kappa && fraction < tau) return 0;
    if (ratio <= 1 / kappa && 1 - fraction < tau) return 1;
    return fraction;
  });
  return { ...mixed, shares };
}
