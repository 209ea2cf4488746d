/**
 * Running figures of a training, of which only the newest are kept.
 *
 * @module
 */

/** Losses that the reported one is the mean of. */
const LOSSES = 100;

/** Step times that the reported one is the median of. */
const TIMES = 500;

/** Steps at the start whose time is not typical: recording, first allocations. */
const UNTYPICAL = 3;

/** The newest losses and step times. */
export interface Tally {
  /** Adds a step. */
  add(loss: number, milliseconds: number): void;
  /** Mean of the newest losses; NaN before the first. */
  readonly loss: number;
  /** Median of the newest step times; NaN before the first. */
  readonly stepMs: number;
  /** As a text, for a checkpoint. */
  save(): string;
}

/**
 * Opens a tally.
 *
 * @param saved Text of an earlier tally to go on from.
 * @returns The tally.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const figures = tally();
 * figures.add(2, 30);
 * figures.add(1, 10);
 * assertEquals(figures.loss, 1.5);
 * assertEquals(tally(figures.save()).loss, 1.5);
 * ```
 */
export function tally(saved?: string): Tally {
  const losses: number[] = [], times: number[] = [];
  if (saved !== undefined) {
    const { losses: before, stepMs } = JSON.parse(saved);
    losses.push(...before);
    if (stepMs !== null) times.push(stepMs);
  }
  let steps = 0;
  return {
    add(loss, milliseconds) {
      losses.push(loss);
      if (losses.length > LOSSES) losses.shift();
      // The first ones only stand in until there is a typical one.
      if (steps++ === UNTYPICAL) times.length = 0;
      times.push(milliseconds);
      if (times.length > TIMES) times.shift();
    },
    get loss() {
      return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    },
    get stepMs() {
      const sorted = [...times].sort((a, b) => a - b);
      return sorted.length === 0 ? NaN : sorted[Math.floor(sorted.length / 2)];
    },
    save() {
      return JSON.stringify({ losses, stepMs: Number.isNaN(this.stepMs) ? null : this.stepMs });
    },
  };
}
