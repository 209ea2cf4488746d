/**
 * What was measured between network namespaces, a row of a CSV file for each work.
 *
 * @module
 */
import { csvRecord } from "../../tools/csv_records.ts";

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

/** The record of this project. */
export const NETWORK_RECORD = csvRecord<NetworkRow>(
  new URL("../../data/results/network.csv", import.meta.url),
  {
    work: "text",
    transport: "text",
    rate: "text",
    processes: "number",
    seconds: "number",
    bytes: "number",
    machine: "text",
  },
  ["processes", "transport", "rate", "work"],
);
