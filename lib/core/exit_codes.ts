/**
 * Exit codes of command lines, by which a supervisor decides whether to start a process again.
 *
 * @module
 */

/** All failures but those below. */
export const FAILURE = 1;
/** Unusable input, which would fail again. */
export const BAD_INPUT = 2;
/** Another process of the same training failed: starting all again from the checkpoint may help (EX_TEMPFAIL). */
export const PEER_FAILED = 75;
/**
 * Stopped on request after the current step, by the signal received: 128 + its number, the convention of shells. SIGINT is
 * Ctrl-C; SIGTERM comes from `kill`, Kubernetes and Slurm's pre-emption, SIGUSR1 and SIGUSR2 from `sbatch --signal`.
 */
export const STOPPED = { SIGINT: 130, SIGTERM: 143, SIGUSR1: 138, SIGUSR2: 140 } as const;

/** A signal that asks a training to stop. */
export type StopSignal = keyof typeof STOPPED;
