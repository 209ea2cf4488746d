/**
 * Figures of several runs: their names, colours and legends.
 *
 * @module
 */
import type { LegendEntry } from "./draw.ts";
import { seriesColours } from "./theme.ts";

/** What is compared, by the name of its run or method. */
export type ByName<Value> = Readonly<Record<string, Value>>;

/** A run with its colour. */
export interface Series<Value> {
  /** Its name. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** What is shown of it. */
  readonly value: Value;
}

/**
 * Gives runs their colours.
 *
 * @param runs What is compared.
 * @returns The runs in order.
 * @throws {RangeError} If there is none.
 */
export function seriesOf<Value>(runs: ByName<Value>): Series<Value>[] {
  const names = Object.keys(runs);
  if (names.length === 0) throw new RangeError("Expected at least one run but found none");
  const colours = seriesColours(names);
  return names.map((name, i) => ({ name, colour: colours[i], value: runs[name] }));
}

/**
 * The legend of runs.
 *
 * @param series From {@linkcode seriesOf}.
 * @param line Whether they are lines.
 * @returns An entry for each.
 */
export function runLegend(series: readonly Series<unknown>[], line = false): LegendEntry[] {
  return series.map(({ name, colour }) => ({ label: name, colour, line }));
}
