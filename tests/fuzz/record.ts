/**
 * What fuzzing has shown so far, a row of a CSV file for each reader.
 *
 * @module
 */
import { csvRecord } from "../../tools/csv_records.ts";
import type { Found } from "./fuzz_reader.ts";

/** What one reader has shown. */
export interface FuzzRow {
  /** Name of the reader. */
  readonly reader: string;
  /** Inputs tried, from 0, of seed 0. */
  readonly inputs: number;
  /** Those that were read without an error. */
  readonly accepted: number;
  /** Most milliseconds of processor time for one input. */
  readonly slowest: number;
  /** Most memory of the process, in bytes. */
  readonly memory: number;
  /** What went wrong at the next input; empty if nothing did. */
  readonly problem: string;
  /** Processor, memory and platform. */
  readonly machine: string;
}

/** The record of this project. */
export const FUZZ_RECORD = csvRecord<FuzzRow>(
  new URL("../../data/results/fuzz.csv", import.meta.url),
  {
    reader: "text",
    inputs: "number",
    accepted: "number",
    slowest: "number",
    memory: "number",
    problem: "text",
    machine: "text",
  },
  ["reader"],
);

/**
 * Adds what further inputs have shown. The input that a reader failed at is not counted: once the reader is repaired,
 * fuzzing goes on with it.
 *
 * @param rows Rows so far.
 * @param reader Name of the reader.
 * @param found What the inputs after those of its row have shown.
 * @param machine Processor, memory and platform.
 * @returns All rows.
 */
export function withFound(
  rows: readonly FuzzRow[],
  reader: string,
  { tried, accepted, slowest, memory, problem = "" }: Found,
  machine: string,
): FuzzRow[] {
  const before = rows.find((row) => row.reader === reader) ??
    { inputs: 0, accepted: 0, slowest: 0, memory: 0 };
  const row = {
    reader,
    inputs: before.inputs + tried,
    accepted: before.accepted + accepted,
    slowest: Math.max(before.slowest, Number(slowest.milliseconds.toFixed(1))),
    memory: Math.max(before.memory, memory),
    problem: problem.split("\n")[0],
    machine,
  };
  return [...rows.filter((other) => other.reader !== reader), row];
}
