/**
 * A cluster: the processes that train together.
 *
 * @module
 */
import type { Membership } from "../../core/membership.ts";
import type { Transport } from "./transport.ts";

/** A cluster that this process belongs to. */
export interface Cluster extends Membership {
  /** Number of processes, at least 2. */
  readonly size: number;
  /** Seconds after which a process that does not take part in a collective operation counts as failed. */
  readonly timeout: number;
  /** What adds gradients outside of traced functions; TensorFlow does within them if missing. */
  readonly transport?: Transport;
  /**
   * Returns the number of the next collective operation. All processes have to create them in the same order, and of the
   * same shapes.
   */
  nextKey(): number;
  /**
   * Asks another process whether it is up.
   *
   * @param peer Its rank.
   * @param milliseconds How long to wait for its answer.
   * @returns `undefined` if it is, otherwise the reason.
   */
  silence(peer: number, milliseconds: number): Promise<string | undefined>;
  /**
   * Explains an error, usually of a traced function.
   *
   * @param error What was thrown.
   * @returns A `PeerError` that names the processes, if the error is due to them; otherwise the error itself.
   */
  explained(error: unknown): Promise<unknown>;
  /**
   * Tells the other processes that this one has failed, instead of letting them wait.
   *
   * @param error The reason.
   */
  leave(error: unknown): void;
}
