/**
 * Sentence on NBN's magnitude in a training log.
 *
 * @module
 */
import type { MagnitudeHistory } from "../analysis/magnitude_history.ts";
import { type PatternShare, patternShares } from "../analysis/pattern_shares.ts";
import { fixed, type Prose, prose } from "../plots/prose.ts";

/**
 * States the first and last value of the magnitude, how often its gradient ĝ was below 0 (pattern A of the paper's
 * equation 3), and in how many layers this holds for more than half of the steps.
 *
 * @param history History of a training with NBN, from {@linkcode magnitudeHistory}.
 * @returns One or more sentences.
 * @throws {RangeError} If the training did not use NBN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { patternSentence } from "@nbn/toolkit/notebooks";
 *
 * const sign = (vector: string, patternA: number) => ({ path: `bn2/${vector}`, patternA, patternB: 0, recent: [] });
 * const { text } = patternSentence({
 *   step: [1, 2],
 *   window: 1,
 *   magnitudes: [{ path: "nbn/magnitude", values: [1, 2.906] }],
 *   signs: [sign("weight", 0.75), sign("bias", 0.5)],
 * });
 * assertEquals(
 *   text,
 *   "g went from 1.00 to 2.91. ĝ was below 0 in 75.0 % of the steps for v and in 50.0 % for u: pattern A prevails in " +
 *     "1 of 1 layers for v and in 0 of 1 for u. The paper says that it always does; this training does not show it.",
 * );
 * ```
 */
export function patternSentence(history: MagnitudeHistory): Prose {
  const { v, u } = patternShares(history);
  const verdict = v.prevailing === v.layers && u.prevailing === u.layers
    ? ", as the paper says."
    : ". The paper says that it always does; this training does not show it.";
  return prose`${course(history)}ĝ was below 0 in ${range(v)} % of the steps for v and in ${
    range(u)
  } % for u:
    pattern A prevails in ${layers(v)} layers for v and in ${layers(u)} for u${verdict}`;
}

/** States the course of one or several magnitudes; empty if the magnitude is fixed. */
function course({ magnitudes }: MagnitudeHistory): Prose {
  if (magnitudes.length === 0) return prose``;
  const ends = magnitudes.map(({ values }) => values[values.length - 1]);
  if (magnitudes.length === 1) {
    return prose`g went from ${fixed(magnitudes[0].values[0], 2)} to ${fixed(ends[0], 2)}. `;
  }
  const [min, max] = [fixed(Math.min(...ends), 2), fixed(Math.max(...ends), 2)];
  return prose`The ${ends.length} magnitudes end between ${min} and ${max}. `;
}

function range({ min, max, layers }: PatternShare): Prose {
  if (layers === 1) return prose`${fixed(100 * min)}`;
  return prose`${fixed(100 * min)} to ${fixed(100 * max)}`;
}

function layers({ prevailing, layers }: PatternShare): Prose {
  return prose`${prevailing} of ${layers}`;
}
