/**
 * Subsampled history of a magnitude.
 *
 * @module
 */
import type { MagnitudeHistory } from "../magnitude_history.ts";

/**
 * Keeps evenly spaced steps of a history, including the last one.
 *
 * @param history History from {@linkcode magnitudeHistory}.
 * @param max Maximum number of steps to keep.
 * @returns The subsampled history; the pattern fractions are still over all steps.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = {
 *   step: [1, 2, 3, 4], magnitudes: [{ path: "g", values: [1, 2, 3, 4] }], signs: [], window: 1,
 * };
 * const { step, magnitudes } = sampledHistory(history, 2);
 * assertEquals([step, magnitudes[0].values], [[2, 4], [2, 4]]);
 * ```
 */
export function sampledHistory(history: MagnitudeHistory, max: number): MagnitudeHistory {
  const { step } = history;
  const every = Math.ceil(step.length / max);
  const some = (values: readonly number[]) =>
    values.filter((_, i) => (step.length - 1 - i) % every === 0);
  return {
    ...history,
    step: some(step),
    magnitudes: history.magnitudes.map((curve) => ({ ...curve, values: some(curve.values) })),
    signs: history.signs.map((sign) => ({ ...sign, recent: some(sign.recent) })),
  };
}
