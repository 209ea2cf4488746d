/**
 * Starting the workers of a training again after a failure.
 *
 * @module
 */
import { counted } from "../core/counted.ts";
import { type Elastic, nextCount } from "./next_count.ts";
import { runWorkers, type RunWorkersOptions } from "./run_workers.ts";
import { describeEnding, verdictOf } from "./verdict.ts";
import type { Ending, WorkerOptions } from "./worker.ts";

/** Options of {@linkcode supervise}. */
export interface SuperviseOptions extends RunWorkersOptions {
  /** Number of workers at first, at least 1. */
  readonly processes: number;
  /**
   * How often all workers are started again.
   *
   * @default {0}
   */
  readonly restarts?: number;
  /**
   * Bounds on the number of workers after a failure.
   *
   * @default {the number stays}
   */
  readonly elastic?: Elastic;
  /** Returns what the workers of a start run; `isRestart` if they are to begin at the last checkpoint. */
  start(processes: number, isRestart: boolean): readonly WorkerOptions[];
  /** Returns a text that changes whenever a checkpoint is written; needed with `elastic`. */
  position?(): Promise<string>;
  /** Called with every line for the user. */
  tell(line: string): void;
}

/**
 * Runs the workers of a training, and all of them again if one is killed or loses another, because TensorFlow's
 * collectives cannot be used again in a process once they have failed.
 *
 * What a worker printed on stderr, if it was not shown, is told with its rank when it failed in another way than those
 * before it.
 *
 * @param options Number of workers, what they run, how often they are started again.
 * @returns The exit code: 0 if all ended well, else that of the worker that decided the verdict.
 */
export async function supervise(options: SuperviseOptions): Promise<number> {
  const { restarts = 0, elastic, tell } = options;
  let { processes } = options;
  for (let restart = 0;; restart++) {
    const before = await options.position?.();
    const workers = options.start(processes, restart > 0);
    const { endings, isInterrupted } = await runWorkers(workers, options);
    const verdict = verdictOf(endings);
    tellErrors(endings, tell);
    if (verdict.kind !== "lost" || isInterrupted) return verdict.code;
    const lost = describeEnding(verdict.cause!);
    if (restart === restarts) {
      tell(givenUp(lost, endings.length, restarts));
      return verdict.code;
    }
    const hasAdvanced = await options.position?.() !== before;
    processes = nextCount({ endings, hasAdvanced }, elastic);
    tell(
      `${lost}: starting ${counted(processes, "process", "processes")} again from the last ` +
        `checkpoint (restart ${restart + 1} of ${restarts})`,
    );
  }
}

function givenUp(lost: string, processes: number, restarts: number): string {
  const all = processes === 1 ? "the process" : `all ${processes} processes`;
  const tried = restarts === 0 ? "" : ` after ${counted(restarts, "restart")}`;
  const hint = restarts === 0 ? ", --restarts N does so by itself" : "";
  return `Expected ${all} to train to the end but found that ${lost}${tried}: ` +
    `--resume continues from the last checkpoint${hint}`;
}

/** Tells what failed workers printed, of those that ended alike only the first. */
function tellErrors(endings: readonly Ending[], tell: (line: string) => void): void {
  const told = new Set<number>();
  for (const { rank, code, errors } of endings) {
    if (code !== 0 && !told.has(code) && errors !== "") {
      for (const line of errors.split("\n")) tell(`rank ${rank}: ${line}`);
    }
    told.add(code);
  }
}
