/**
 * Handling of Ctrl-C and of the signals by which schedulers announce the end of a job.
 *
 * @module
 */
import { STOPPED, type StopSignal } from "../../core/exit_codes.ts";
import { onRequests } from "../../core/on_requests.ts";
import { onSupervisorGone } from "../../launch/supervisor_gone.ts";

/** State of the interruption by a signal. */
export interface Interrupt {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /** Exit code of the signal received, `undefined` if there was none. */
  readonly code: number | undefined;
  /**
   * Watches whether a training runs: before it does, as while images are read, a signal ends the process at once.
   *
   * @param onProgress Callback for its events.
   * @returns The callback to pass to the training.
   */
  watching<Event extends { readonly kind: string }>(
    onProgress: (event: Event) => void,
  ): (event: Event) => void;
  /** Restores the default signal handlers. */
  close(): void;
}

/** Seconds that a worker without its supervisor has to end by itself. */
const ALONE = 30;

/**
 * Overrides the default handlers of the signals that ask a process to stop. A second Ctrl-C ends the process at once;
 * other signals may come several times, from a scheduler and from a parent process that passes them on. A worker whose
 * supervisor has ended stops, too.
 *
 * @returns The state, updated when a signal is received.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined, hasWork = true;
  const interrupt = (name: StopSignal, text: string) => {
    code = STOPPED[name];
    if (!hasWork) {
      console.error("\nStopped before the first step");
      Deno.exit(code);
    }
    console.error(`\nStopping after this step${text}`);
    controller.abort();
  };
  const close = onRequests(Object.keys(STOPPED) as StopSignal[], (name, request) => {
    if (request === 1) {
      const isKey = name === "SIGINT";
      interrupt(name, isKey ? "; press Ctrl-C again to exit immediately" : ` because of ${name}`);
    } else if (name === "SIGINT") Deno.exit(STOPPED[name]);
  });
  onSupervisorGone(() => {
    interrupt("SIGTERM", ", since the process that started this one is gone");
    Deno.unrefTimer(setTimeout(() => Deno.exit(STOPPED.SIGTERM), 1000 * ALONE));
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    watching(onProgress) {
      hasWork = false;
      return (event) => {
        hasWork = event.kind !== "end";
        onProgress(event);
      };
    },
    close,
  };
}
