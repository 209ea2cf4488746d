/**
 * When a training stops early: at the wish of its caller, in a cluster after the same step on all processes.
 *
 * @module
 */
import type { StepReport } from "./step_report.ts";

/** When a training stops. */
export interface AgreedStop {
  /** When aborted, the training stops after the current step. */
  readonly signal: AbortSignal | undefined;
  /** Whether this process wants to stop. */
  wants(): boolean;
  /**
   * Reads in the report of a step whether any process wanted to stop.
   *
   * @param report The report.
   * @returns The report without the wish.
   */
  hear(report: StepReport): StepReport;
}

/**
 * Connects the caller's signal with those of the other processes.
 *
 * @param signal When aborted, this process wants to stop.
 * @param isCluster Whether there are other processes: all stop when they have read the report that says that one wants to.
 * @returns When the training stops.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { signal, hear } = agreedStop(AbortSignal.abort(), true);
 * assertEquals(signal?.aborted, false);
 * assertEquals(hear({ loss: 2, stop: 1 }), { loss: 2 });
 * assertEquals(signal?.aborted, true);
 * ```
 */
export function agreedStop(signal: AbortSignal | undefined, isCluster: boolean): AgreedStop {
  const wants = () => signal?.aborted ?? false;
  if (!isCluster) return { signal, wants, hear: (report) => report };
  const agreed = new AbortController();
  return {
    signal: agreed.signal,
    wants,
    hear({ stop, ...report }) {
      if (stop > 0) agreed.abort();
      return report;
    },
  };
}
