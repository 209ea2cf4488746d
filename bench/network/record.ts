/**
 * What was measured between network namespaces, a row of a CSV file for each work.
 *
 * @module
 */
import { type Columns, readRecords, writeRecords } from "../../tests/csv_records.ts";

/** One work of some processes. */
export interface NetworkRow {
  /** `step`, `wide step` (a network of 16 times the parameters), or the number of floats that were added. */
  readonly work: string;
  /** What adds: `ring` (TensorFlow's, over gRPC) or `MPI` (over TCP). */
  readonly transport: string;
  /** What each process can send in a second: `1gbit`, or `none` for no limit. */
  readonly rate: string;
  /** Number of processes. */
  readonly processes: number;
  /** Median time of one step or sum, in seconds. */
  readonly seconds: number;
  /** Bytes sent by a process for one step or sum. */
  readonly bytes: number;
  /** Processor, memory and platform. */
  readonly machine: string;
}

const RECORD = new URL("../../data/results/network.csv", import.meta.url);

const COLUMNS: Columns<NetworkRow> = {
  work: "text",
  transport: "text",
  rate: "text",
  processes: "number",
  seconds: "number",
  bytes: "number",
  machine: "text",
};

/** The rows of the record, if there is one. */
export function readRecord(): Promise<NetworkRow[]> {
  return readRecords(RECORD, COLUMNS);
}

/** Writes the record. */
export function writeRecord(rows: readonly NetworkRow[]): Promise<void> {
  return writeRecords(RECORD, COLUMNS, rows);
}
