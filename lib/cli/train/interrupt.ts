/**
 * Ctrl-C.
 *
 * @module
 */
import { onSignals } from "../../core/on_signals.ts";

/** Exit codes by signal, as shells have them. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Signals that ask to stop. */
export interface Interrupt {
  /** Aborted at the first signal; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Exit code that belongs to the signal that came, if one did. */
  readonly code: number | undefined;
  /** Stops listening. */
  close(): void;
}

/**
 * Listens for Ctrl-C and for the signal by which clusters end jobs.
 *
 * @returns What came.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  const close = onSignals(Object.keys(CODES) as (keyof typeof CODES)[], (name) => {
    if (code !== undefined) Deno.exit(CODES[name]);
    code = CODES[name];
    console.error("\nStopping after this step; once more ends at once");
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
