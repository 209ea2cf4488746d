/**
 * Types of this project's side of a case.
 *
 * @module
 */
import type { Measured } from "../processes.ts";

/** A workload that has been set up and is warm. */
export interface Workload {
  /** Performs the work and returns its cost. */
  measure(): Promise<Measured>;
  /** Releases its resources. */
  close(): Promise<void>;
}

/** Sets up a workload from the options of its contender. */
// deno-lint-ignore no-explicit-any
export type OpenWorkload = (options: any) => Promise<Workload>;

/**
 * Returns the time elapsed since a timestamp.
 *
 * @param start Timestamp from `performance.now()`.
 * @returns Elapsed time in seconds.
 */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
