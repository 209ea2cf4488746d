/**
 * Running workers side by side until all of them have ended.
 *
 * @module
 */
import { STOPPED, type StopSignal } from "../core/exit_codes.ts";
import { onRequests } from "../core/on_requests.ts";
import { hasFailed } from "./verdict.ts";
import { type Ending, startWorker, type Worker, type WorkerOptions } from "./worker.ts";

/** Options of {@linkcode runWorkers}. */
export interface RunWorkersOptions {
  /**
   * Milliseconds that the other workers have to end by themselves after one has failed, before they are killed.
   *
   * @default {15_000}
   */
  readonly grace?: number;
}

/** Signals that ask for the end of a training; SIGHUP comes when a terminal is closed. */
const ASKING = [...Object.keys(STOPPED) as StopSignal[], "SIGHUP" as const];

/** What {@linkcode runWorkers} returns. */
export interface WorkersRun {
  /** How each ended, by rank. */
  readonly endings: readonly Ending[];
  /** Whether a signal asked this process to end. */
  readonly isInterrupted: boolean;
}

/**
 * Runs workers until all have ended. Signals to this process are passed on to them, those of schedulers as SIGTERM. When
 * one fails, the others get some time to notice and are then killed.
 *
 * @param workers What each runs.
 * @param options Time to end by themselves.
 * @returns How each ended, and whether a signal came.
 */
export async function runWorkers(
  workers: readonly WorkerOptions[],
  { grace = 15_000 }: RunWorkersOptions = {},
): Promise<WorkersRun> {
  const running: Worker[] = [];
  let isInterrupted = false;
  const stop = onRequests(ASKING, (name, request) => {
    isInterrupted = true;
    for (const worker of running) worker.signal(name === "SIGINT" ? name : "SIGTERM");
    // Schedulers send their signals several times; a second Ctrl-C is a request not to wait.
    if (name === "SIGINT" && request > 1) abandonAfter(grace);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abandonAfter = (milliseconds: number) => {
    timer ??= setTimeout(() => running.forEach((worker) => worker.abandon()), milliseconds);
  };
  try {
    for (const options of workers) running.push(startWorker(options));
    const endings = await Promise.all(running.map(async ({ ending }) => {
      const ended = await ending;
      if (hasFailed(ended)) abandonAfter(grace);
      return ended;
    }));
    return { endings, isInterrupted };
  } catch (error) {
    // A worker that cannot be started, for instance without the right to.
    for (const worker of running) worker.abandon();
    throw error;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
