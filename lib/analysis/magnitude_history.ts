/**
 * NBN's magnitude and the sign of its gradient over the course of a training.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Metrics } from "./read_metrics.ts";

/** Options of {@linkcode magnitudeHistory}. */
export interface MagnitudeHistoryOptions {
  /**
   * Length in steps of the trailing window over which the fraction of pattern A is computed.
   *
   * @default {a twentieth of all steps, at least one}
   */
  readonly window?: number;
}

/** A magnitude g over the course of a training. */
export interface MagnitudeCurve {
  /** Its path in the parameters, for instance `nbn/magnitude`. */
  readonly path: string;
  /** Its value at each step. */
  readonly values: readonly number[];
}

/** The sign of ĝ of one NBN vector over the course of a training. */
export interface GradientSigns {
  /** Path of the vector, for instance `stage3/block5/bn2/weight`. */
  readonly path: string;
  /** Fraction of all steps with ĝ < 0, in [0, 1]: pattern A, where g grows and the vector becomes more even. */
  readonly patternA: number;
  /** Fraction of all steps with ĝ > 0, in [0, 1]: pattern B. */
  readonly patternB: number;
  /** Fraction of pattern A over the window ending at each step. */
  readonly recent: readonly number[];
}

/** Result of {@linkcode magnitudeHistory}. */
export interface MagnitudeHistory {
  /** Step numbers, starting at 1. */
  readonly step: readonly number[];
  /** All learned magnitudes: one if shared by all layers, none if fixed. */
  readonly magnitudes: readonly MagnitudeCurve[];
  /** All vectors that are normalised to a unit direction. */
  readonly signs: readonly GradientSigns[];
  /** Length of the window in steps. */
  readonly window: number;
}

/**
 * Reads the magnitude g (paper, Figure 2) and the sign of ĝ (equation 3) from a run's log. If ĝ < 0 (pattern A), the
 * step increases g and penalises large |v_i|; that this pattern prevails is the paper's central claim.
 *
 * @param metrics Log from {@linkcode readMetrics}.
 * @param options Window of the trailing fraction of pattern A.
 * @returns The curves; empty for a training without NBN.
 * @throws {RangeError} If the window is not an integer of at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { magnitudeHistory } from "@nbn/toolkit/analysis";
 *
 * const step = [1, 2, 3, 4];
 * const { magnitudes, signs } = magnitudeHistory({
 *   step,
 *   columns: { step, "magnitude:nbn/magnitude": [1, 1.1, 1.2, 1.1], "gradient:bn/weight": [-1, -2, 3, -1] },
 * }, { window: 2 });
 * assertEquals(magnitudes[0].values, [1, 1.1, 1.2, 1.1]);
 * assertEquals([signs[0].patternA, signs[0].recent], [0.75, [1, 1, 0.5, 0.5]]);
 * ```
 */
export function magnitudeHistory(
  { step, columns }: Metrics,
  options: MagnitudeHistoryOptions = {},
): MagnitudeHistory {
  const logged = Object.entries(columns).flatMap(([name, values]) => {
    const [, kind, path] = /^(magnitude|gradient):(.*)/.exec(name) ?? [];
    return kind === undefined ? [] : [{ kind, path, values }];
  });
  // Rows that log only an evaluation have neither magnitudes nor gradients.
  const rows = step.flatMap((_, row) =>
    logged.every(({ values }) => values[row] !== null) ? row : []
  );
  const { window = Math.max(1, Math.round(rows.length / 20)) } = options;
  expectRange("an integer of at least 1", { window });
  const of = (quantity: string) =>
    logged.filter(({ kind }) => kind === quantity).map(({ path, values }) => ({
      path,
      values: rows.map((row) => values[row]!),
    }));
  return {
    step: rows.map((row) => step[row]),
    magnitudes: of("magnitude"),
    signs: of("gradient").map(({ path, values }) => ({
      path,
      patternA: fractionOf(values, (value) => value < 0),
      patternB: fractionOf(values, (value) => value > 0),
      recent: recentShare(values, window),
    })),
    window,
  };
}

function fractionOf(values: readonly number[], holds: (value: number) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

function recentShare(values: readonly number[], window: number): number[] {
  let negative = 0;
  return values.map((value, i) => {
    if (value < 0) negative++;
    if (i >= window && values[i - window] < 0) negative--;
    return negative / Math.min(window, i + 1);
  });
}
