/**
 * Consecutive stages that continue each other.
 *
 * @module
 */
import type { Stage } from "./stage.ts";

/** A stage together with those that it continues and that continue it; deferrals count in fractions of the whole. */
export interface Span {
  /** Zero-based index of the first of these stages. */
  readonly first: number;
  /** Total steps of those before the stage. */
  readonly before: number;
  /** Total steps of all of them. */
  readonly iterations: number;
  /** Whether another stage continues this one. */
  readonly goesOn: boolean;
}

/**
 * Finds the span of a stage. The loss's progress, epochs of mixing, the stream of images and all random numbers run
 * on through it, so a stage split in two, of which the second part continues the first, equals the whole stage.
 *
 * @param stages All stages.
 * @param number Zero-based index of the stage.
 * @returns Start and length of its span.
 *
 * @example Deferred re-weighting, and a classifier trained again
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const stages = [{ iterations: 80 }, { iterations: 20, continues: true }, { iterations: 11 }];
 * assertEquals(spanOf(stages, 1), { first: 0, before: 80, iterations: 100, goesOn: false });
 * assertEquals(spanOf(stages, 2), { first: 2, before: 0, iterations: 11, goesOn: false });
 * ```
 */
export function spanOf(
  stages: readonly Pick<Stage, "iterations" | "continues">[],
  number: number,
): Span {
  let first = number, end = number + 1;
  while (first > 0 && stages[first].continues) first--;
  while (stages[end]?.continues) end++;
  const steps = (from: number, to: number) =>
    stages.slice(from, to).reduce((sum, { iterations }) => sum + iterations, 0);
  return {
    first,
    before: steps(first, number),
    iterations: steps(first, end),
    goesOn: end > number + 1,
  };
}
