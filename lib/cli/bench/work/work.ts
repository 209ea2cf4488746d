/**
 * What this project's side of a case is.
 *
 * @module
 */
import type { Measured } from "../processes.ts";

/** Work that has been set up and is warm. */
export interface Work {
  /** Does it, and says what it cost. */
  measure(): Promise<Measured>;
  /** Frees what it holds. */
  close(): Promise<void>;
}

/** Sets work up by the options of its contender. */
// deno-lint-ignore no-explicit-any
export type Open = (options: any) => Promise<Work>;

/**
 * Seconds since a moment.
 *
 * @param began The moment, by `performance.now()`.
 * @returns Seconds.
 */
export function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
