/**
 * Phases of a loss whose formula changes during a training.
 *
 * @module
 */

/**
 * Returns the phase of a loss.
 *
 * @param phases Fractions of the training at which the loss changes, ascending.
 * @param progress Progress of the stage and those that it continues or that continue it, in [0, 1].
 * @returns Index of the phase, from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 0.79, 0.8, 1].map((progress) => phaseAt([0.8], progress)), [0, 0, 1, 1]);
 * ```
 */
export function phaseAt(phases: readonly number[], progress: number): number {
  return phases.filter((start) => progress >= start).length;
}
