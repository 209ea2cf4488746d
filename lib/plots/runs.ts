/**
 * Figures of several runs: their names, colours and legends.
 *
 * @module
 */
import type { LegendEntry } from "./draw.ts";
import { seriesColours } from "./theme.ts";

/** Compared values, keyed by the name of the run or method. */
export type ByName<Value> = Readonly<Record<string, Value>>;

/** A compared run with its colour. */
export interface Series<Value> {
  /** Its name. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** The compared value. */
  readonly value: Value;
}

/**
 * Assigns colours to runs.
 *
 * @param runs Values to compare, keyed by run name.
 * @returns The runs in order.
 * @throws {RangeError} If there is no run.
 */
export function seriesOf<Value>(runs: ByName<Value>): Series<Value>[] {
  const names = Object.keys(runs);
  if (names.length === 0) throw new RangeError("Expected at least one run but found none");
  const colours = seriesColours(names);
  return names.map((name, i) => ({ name, colour: colours[i], value: runs[name] }));
}

/**
 * Creates the legend of runs.
 *
 * @param series Runs from {@linkcode seriesOf}.
 * @param line Whether the runs are drawn as lines.
 * @returns One entry per run.
 */
export function runLegend(series: readonly Series<unknown>[], line = false): LegendEntry[] {
  return series.map(({ name, colour }) => ({ label: name, colour, line }));
}
