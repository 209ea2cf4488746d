/**
 * Running loss and step time of a training, over the most recent steps.
 *
 * @module
 */

/** Number of losses over which the reported mean is taken. */
const LOSSES = 100;

/** Number of step times over which the reported median is taken. */
const TIMES = 500;

/** Number of first steps whose time is not representative, because of tracing and first allocations. */
const UNTYPICAL = 3;

/** The most recent losses and step times. */
export interface Tally {
  /** Adds a step. */
  add(loss: number, milliseconds: number): void;
  /** Mean of the most recent losses; NaN before the first. */
  readonly loss: number;
  /** Median of the most recent step times in milliseconds; NaN before the first. */
  readonly stepMs: number;
  /** Serialises the tally for a checkpoint. */
  save(): string;
}

/**
 * Creates a tally.
 *
 * @param saved Serialised tally to resume from.
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
      // The first times are used only until there is a representative one.
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
