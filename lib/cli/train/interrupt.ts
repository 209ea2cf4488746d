/**
 * Handling of Ctrl-C and SIGTERM.
 *
 * @module
 */
import { onSignals } from "../../core/on_signals.ts";

/** Exit codes by signal, by the convention of shells. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** State of the interruption by a signal. */
export interface Interrupt {
  /** Aborted at the first signal; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Exit code of the signal received, `undefined` if there was none. */
  readonly code: number | undefined;
  /** Restores the default signal handlers. */
  close(): void;
}

/**
 * Overrides the default handlers of SIGINT (Ctrl-C) and SIGTERM, by which schedulers of clusters end jobs.
 *
 * @returns The state, updated when a signal is received.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  const close = onSignals(Object.keys(CODES) as (keyof typeof CODES)[], (name) => {
    if (code !== undefined) Deno.exit(CODES[name]);
    code = CODES[name];
    console.error("\nStopping after this step; press Ctrl-C again to exit immediately");
    controller.abort();
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    close,
  };
}
