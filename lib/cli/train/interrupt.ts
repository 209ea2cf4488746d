/**
 * Handling of Ctrl-C and SIGTERM.
 *
 * @module
 */
import { STOPPED } from "../../core/exit_codes.ts";
import { onRequests } from "../../core/on_requests.ts";
import { onSupervisorGone } from "../../launch/supervisor_gone.ts";

/** State of the interruption by a signal. */
export interface Interrupt {
  /** Aborted at the first signal; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Exit code of the signal received, `undefined` if there was none. */
  readonly code: number | undefined;
  /** Restores the default signal handlers. */
  close(): void;
}

/** Seconds that a worker without its supervisor has to end by itself. */
const ALONE = 30;

/**
 * Overrides the default handlers of SIGINT (Ctrl-C) and SIGTERM, by which schedulers of clusters end jobs. A worker
 * whose supervisor is gone is interrupted, too.
 *
 * @returns The state, updated when a signal is received.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  const interrupt = (name: keyof typeof STOPPED, text: string) => {
    code = STOPPED[name];
    console.error(`\n${text}`);
    controller.abort();
  };
  const close = onRequests(Object.keys(STOPPED) as (keyof typeof STOPPED)[], (name, request) => {
    if (request > 1) Deno.exit(STOPPED[name]);
    interrupt(name, "Stopping after this step; press Ctrl-C again to exit immediately");
  });
  onSupervisorGone(() => {
    interrupt(
      "SIGTERM",
      "Stopping after this step, since the process that started this one is gone",
    );
    Deno.unrefTimer(setTimeout(() => Deno.exit(STOPPED.SIGTERM), 1000 * ALONE));
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    close,
  };
}
