/**
 * What the endings of all workers mean for the training.
 *
 * @module
 */
import { PEER_FAILED, STOPPED } from "../core/exit_codes.ts";
import type { Ending } from "./worker.ts";

/** Exit codes of a worker that was asked to stop, and did after its step. */
const ON_REQUEST: readonly number[] = Object.values(STOPPED);

/** What the endings of all workers mean. */
export interface Verdict {
  /** `done`; `stopped` on request; `lost` if starting again may help; `failed` if it would fail again. */
  readonly kind: "done" | "stopped" | "lost" | "failed";
  /** Exit code of the whole. */
  readonly code: number;
  /** The worker that decided it; missing if all ended well. */
  readonly cause?: Ending;
}

/**
 * Whether a worker failed, as opposed to being done or stopped on request.
 *
 * @param ending How it ended.
 * @returns Whether the others have to end, too.
 */
export function hasFailed({ code, signal }: Ending): boolean {
  return signal !== null || (code !== 0 && !ON_REQUEST.includes(code));
}

/**
 * Judges the endings of all workers.
 *
 * @param endings How each ended.
 * @returns The verdict. A worker that died by a signal, or of which another one says that it is not there, may succeed
 * when all are started again; wrong input, a diverged loss or a defect would only fail again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ending = { signal: null, isAbandoned: false, errors: "" };
 * const killed = { ...ending, rank: 1, code: 137, signal: "SIGKILL" };
 * const { kind, cause } = verdictOf([{ ...ending, rank: 0, code: 75 }, killed]);
 * assertEquals([kind, cause], ["lost", killed]);
 * assertEquals(verdictOf([{ ...ending, rank: 0, code: 2 }, killed]).kind, "failed");
 * ```
 */
export function verdictOf(endings: readonly Ending[]): Verdict {
  const own = endings.filter(({ isAbandoned }) => !isAbandoned);
  const by = (kind: Verdict["kind"], isIt: (ending: Ending) => boolean): Verdict | undefined => {
    const cause = own.find(isIt);
    return cause && { kind, code: cause.code, cause };
  };
  return by(
    "failed",
    (ending) => hasFailed(ending) && ending.signal === null && ending.code !== PEER_FAILED,
  ) ??
    by("stopped", ({ code, signal }) => signal === null && ON_REQUEST.includes(code)) ??
    by("lost", ({ signal }) => signal !== null) ??
    by("lost", ({ code }) => code === PEER_FAILED) ??
    { kind: "done", code: 0 };
}

/**
 * Describes how a worker ended.
 *
 * @param ending How it ended.
 * @returns For instance `rank 1 was killed by SIGKILL`.
 */
export function describeEnding({ rank, code, signal }: Ending): string {
  return `rank ${rank} ${
    signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`
  }`;
}
