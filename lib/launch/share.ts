/**
 * The share of one process in work that several divide among them.
 *
 * @module
 */

/** One of several processes. */
export interface Share {
  /** Index of the process, in [0, `count`). */
  readonly id: number;
  /** Number of processes. */
  readonly count: number;
}
