/**
 * Stages that go on with each other.
 *
 * @module
 */
import type { Stage } from "./stage.ts";

/** A stage with those that it continues and that continue it: what is deferred within is a share of them together. */
export interface Span {
  /** Number of the first of them, from 0. */
  readonly first: number;
  /** Steps of those before the stage. */
  readonly before: number;
  /** Steps of all of them. */
  readonly iterations: number;
  /** Whether another one continues the stage. */
  readonly goesOn: boolean;
}

/**
 * Finds the stages that a stage goes on with. Progress of the loss, epochs of mixing, the stream of images and all
 * random numbers run through them, so that a stage in two parts, of which the second continues the first, is the stage.
 *
 * @param stages All stages.
 * @param number Number of one of them, from 0.
 * @returns Where they begin and how long they are.
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
