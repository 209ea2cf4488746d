/**
 * NBN's magnitude and the sign of its gradient over a training.
 *
 * @module
 */
import type { Metrics } from "./read_metrics.ts";

/** Options of {@linkcode magnitudeHistory}. */
export interface MagnitudeHistoryOptions {
  /**
   * Steps over which the share of pattern A is taken, those up to a point.
   *
   * @default {a twentieth of all, at least one}
   */
  readonly window?: number;
}

/** A magnitude g over a training. */
export interface MagnitudeCurve {
  /** Its path in the parameters: `nbn/magnitude`. */
  readonly path: string;
  /** Its value at each step. */
  readonly values: readonly number[];
}

/** The sign of ĝ of one NBN vector over a training. */
export interface GradientSigns {
  /** Path of the vector: `stage3/block5/bn2/weight`. */
  readonly path: string;
  /** Share of all steps with ĝ < 0, from 0 to 1: pattern A, where g grows and the vector evens out. */
  readonly patternA: number;
  /** Share of all steps with ĝ > 0: pattern B. */
  readonly patternB: number;
  /** Share of pattern A over the window that ends at each step. */
  readonly recent: readonly number[];
}

/** What {@linkcode magnitudeHistory} returns. */
export interface MagnitudeHistory {
  /** Steps, from 1. */
  readonly step: readonly number[];
  /** Each magnitude: one if it is shared by all layers; none if it is fixed. */
  readonly magnitudes: readonly MagnitudeCurve[];
  /** Each vector that has a unit direction. */
  readonly signs: readonly GradientSigns[];
  /** Steps of the window. */
  readonly window: number;
}

/**
 * Reads the magnitude g (paper, Figure 2) and the sign of ĝ (equation 3) from a run's log. Where ĝ < 0, pattern
 * A, the step makes g grow and penalises large |v_i|; that it prevails is the paper's central claim.
 *
 * @param metrics From {@linkcode readMetrics}.
 * @param options Window of the share of pattern A.
 * @returns The curves; without NBN there are none.
 * @throws {RangeError} If the window is not an integer of at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
  // Rows of an evaluation alone have neither.
  const rows = step.flatMap((_, row) =>
    logged.every(({ values }) => values[row] !== null) ? row : []
  );
  const { window = Math.max(1, Math.round(rows.length / 20)) } = options;
  if (!Number.isSafeInteger(window) || window < 1) {
    throw new RangeError(`Expected window to be an integer of at least 1 but found ${window}`);
  }
  const of = (wanted: string) =>
    logged.filter(({ kind }) => kind === wanted).map(({ path, values }) => ({
      path,
      values: rows.map((row) => values[row]!),
    }));
  return {
    step: rows.map((row) => step[row]),
    magnitudes: of("magnitude"),
    signs: of("gradient").map(({ path, values }) => ({
      path,
      patternA: shareOf(values, (value) => value < 0),
      patternB: shareOf(values, (value) => value > 0),
      recent: recentShare(values, window),
    })),
    window,
  };
}

function shareOf(values: readonly number[], holds: (value: number) => boolean): number {
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
