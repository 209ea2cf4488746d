/**
 * What injected faults have shown, a row of a CSV file for each subject and fault.
 *
 * @module
 */
import { csvRecord } from "../../tools/csv_records.ts";

/** Faults of one kind in one subject. */
export interface FaultRow {
  /** Name of the subject. */
  readonly subject: string;
  /** What was injected. */
  readonly fault: string;
  /** When: `random moments` or `every write`. */
  readonly when: string;
  /** Faults injected. */
  readonly injected: number;
  /** Those in the middle of a file. */
  readonly midway: number;
  /** Those after which the toolkit asked to write again what was there. */
  readonly refused: number;
  /** Things lost, damaged or left behind. */
  readonly problems: number;
  /** Processor, memory and platform. */
  readonly machine: string;
}

/** The record of this project. */
export const FAULT_RECORD = csvRecord<FaultRow>(
  new URL("../../data/results/faults.csv", import.meta.url),
  {
    subject: "text",
    fault: "text",
    when: "text",
    injected: "number",
    midway: "number",
    refused: "number",
    problems: "number",
    machine: "text",
  },
  ["subject", "fault", "when"],
);
