/**
 * Flags by which one command starts and supervises several processes.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { processShare } from "../../launch/from_environment.ts";
import type { Elastic } from "../../launch/next_count.ts";
import type { Flags } from "../command.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import type { TrainFlags } from "../train/flags.ts";

/** Flags of commands whose processes are independent. */
export const PROCESS_FLAGS = {
  processes: { type: "string" },
  restarts: { type: "string" },
} as const satisfies Flags;

/** Flags of commands whose processes train together. */
export const LAUNCH_FLAGS = {
  ...PROCESS_FLAGS,
  elastic: { type: "string" },
} as const satisfies Flags;

/** Lines of `--help` on flags of all these commands. */
export const LAUNCH_HELP =
  `  --restarts N          start again from the last checkpoint, at most N times, when a process is killed
                        or loses another (0)`;

/** Parsed flags. */
export interface Launch {
  /** Number of processes to start; `undefined` for the one that the environment describes. */
  readonly processes?: number;
  /** How often they are started again. */
  readonly restarts: number;
  /** Bounds on their number after a failure. */
  readonly elastic?: Elastic;
}

/**
 * Parses `--processes`, `--restarts` and `--elastic`.
 *
 * @param flags Parsed flags.
 * @param share Share of this process among those of its launcher, if there is one.
 * @returns How many processes are started and how often, or `undefined` if the command is to run in this one.
 * @throws {UsageError} If a value is out of range, or contradicts another one or the launcher.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const found = launchOf({ restarts: "2", elastic: "2:4" }, undefined);
 * assertEquals(found, { processes: 4, restarts: 2, elastic: { min: 2, max: 4 } });
 * assertEquals(launchOf({}, undefined), undefined);
 * ```
 */
export function launchOf(flags: TrainFlags, share = processShare()): Launch | undefined {
  const given = numberFlag("processes", flags.processes as string | undefined, POSITIVE);
  const restarts = numberFlag("restarts", flags.restarts as string | undefined, {
    min: 0,
    integer: true,
  });
  const elastic = elasticFlag(flags.elastic as string | undefined);
  if (elastic && restarts === undefined) {
    throw new UsageError(
      "Expected --restarts with --elastic, since the number changes at a restart",
    );
  }
  const processes = given ?? elastic?.max;
  if (share && processes !== undefined) {
    throw new UsageError(
      `Expected no --${
        given === undefined ? "elastic" : "processes"
      } where a launcher starts the ` +
        `processes but found that this is number ${share.id} of its ${share.count}`,
    );
  }
  if (elastic && (processes! < elastic.min || processes! > elastic.max)) {
    throw new UsageError(
      `Expected --processes to be from ${elastic.min} to ${elastic.max}, the bounds of --elastic, ` +
        `but found ${processes}`,
    );
  }
  if (processes === undefined && restarts === undefined) return undefined;
  return {
    ...(processes === undefined ? {} : { processes }),
    restarts: restarts ?? 0,
    ...(elastic ? { elastic } : {}),
  };
}

function elasticFlag(text: string | undefined): Elastic | undefined {
  if (text === undefined) return undefined;
  const [min, max] = /^(\d{1,6}):(\d{1,6})$/.exec(text)?.slice(1).map(Number) ?? [];
  if (min >= 1 && min <= max) return { min, max };
  throw new UsageError(
    `Expected --elastic to be MIN:MAX, two integers of at least 1 in ascending order, but found "${text}"`,
  );
}
