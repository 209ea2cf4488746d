/**
 * Handling of Ctrl-C and of the signals by which schedulers announce the end of a job.
 *
 * @module
 */
import { onSignals } from "../../core/on_signals.ts";
import type { TrainEvent } from "../../loop/progress.ts";

/**
 * Exit codes by signal, by the convention of shells. SIGTERM comes from `kill`, Kubernetes and Slurm's pre-emption;
 * SIGUSR1 and SIGUSR2 from `sbatch --signal`.
 */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGUSR1: 138, SIGUSR2: 140 } as const;

/** Milliseconds within which a Ctrl-C is the same one, which reaches this process twice if its parent passes it on. */
const SAME = 500;

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
  watching(onProgress: (event: TrainEvent) => void): (event: TrainEvent) => void;
  /** Restores the default signal handlers. */
  close(): void;
}

/**
 * Overrides the default handlers of the signals that ask a process to stop. A second Ctrl-C ends the process at once;
 * other signals may come several times, from a scheduler and from a parent process that passes them on.
 *
 * @returns The state, updated when a signal is received.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: number | undefined, since = 0, hasWork = true;
  const close = onSignals(Object.keys(CODES) as (keyof typeof CODES)[], (name) => {
    if (code !== undefined) {
      if (name === "SIGINT" && performance.now() - since > SAME) Deno.exit(CODES[name]);
      return;
    }
    code = CODES[name];
    since = performance.now();
    if (!hasWork) {
      console.error("\nStopped before the first step");
      Deno.exit(code);
    }
    console.error(
      name === "SIGINT"
        ? "\nStopping after this step; press Ctrl-C again to exit immediately"
        : `\nStopping after this step because of ${name}`,
    );
    controller.abort();
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
