/**
 * What injected faults have shown, a row of a CSV file for each subject and fault.
 *
 * @module
 */
import { type Columns, readRecords, writeRecords } from "../csv_records.ts";

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
const RECORD = new URL("../../data/results/faults.csv", import.meta.url);

const COLUMNS: Columns<FaultRow> = {
  subject: "text",
  fault: "text",
  when: "text",
  injected: "number",
  midway: "number",
  refused: "number",
  problems: "number",
  machine: "text",
};

/** The rows of the record, if there is one. */
export function readRecord(): Promise<FaultRow[]> {
  return readRecords(RECORD, COLUMNS);
}

/**
 * Adds a row to the record, or replaces the one of the same subject and fault.
 *
 * @param row The row.
 */
export async function addRow(row: FaultRow): Promise<void> {
  const key = ({ subject, fault, when }: FaultRow) => `${subject}, ${fault}, ${when}`;
  const rows = (await readRecord()).filter((other) => key(other) !== key(row));
  await writeRecords(RECORD, COLUMNS, [...rows, row]);
}
