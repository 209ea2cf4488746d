/**
 * The share of a sweep that one process trains.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import type { TrainFlags } from "./flags.ts";

/** One of several processes that divide a sweep among them. */
export interface TaskShare {
  /** Index of the process, in [0, `count`). */
  readonly id: number;
  /** Number of processes. */
  readonly count: number;
}

/**
 * Parses `--task-id` and `--task-count`; with `--task-id slurm` both come from the environment variables of a Slurm job
 * array, whatever its first index and step.
 *
 * @param flags Parsed flags.
 * @param environment Reads an environment variable.
 * @returns The share, or `undefined` if one process trains everything.
 * @throws {UsageError} If a value is missing or out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(taskShare({ "task-id": "1", "task-count": "4" }), { id: 1, count: 4 });
 * const slurm = new Map([
 *   ["SLURM_ARRAY_TASK_ID", "3"],
 *   ["SLURM_ARRAY_TASK_MIN", "1"],
 *   ["SLURM_ARRAY_TASK_COUNT", "8"],
 * ]);
 * assertEquals(taskShare({ "task-id": "slurm" }, (name) => slurm.get(name)), { id: 2, count: 8 });
 * ```
 */
export function taskShare(
  flags: TrainFlags,
  environment = (name: string): string | undefined => Deno.env.get(name),
): TaskShare | undefined {
  const id = flags["task-id"] as string | undefined;
  const count = flags["task-count"] as string | undefined;
  if (id === undefined && count === undefined) return undefined;
  if (id === "slurm") return slurmShare(count, environment);
  if (id === undefined || count === undefined) {
    throw new UsageError(
      `Expected --task-id and --task-count together but found no --task-${id ? "count" : "id"}`,
    );
  }
  return inRange(
    numberFlag("task-id", id, { min: 0, integer: true })!,
    numberFlag("task-count", count, POSITIVE)!,
  );
}

function slurmShare(
  count: string | undefined,
  environment: (name: string) => string | undefined,
): TaskShare {
  if (count !== undefined) {
    throw new UsageError(
      "Expected no --task-count with --task-id slurm, since Slurm sets it, but found one",
    );
  }
  const number = (name: string, fallback?: string) => {
    const text = environment(`SLURM_ARRAY_TASK_${name}`) ?? fallback;
    const value = text === undefined ? NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new UsageError(
      `Expected SLURM_ARRAY_TASK_${name} to be a number but found ${text ?? "none"}: ` +
        "submit the sweep as a job array (sbatch --array=0-7), or give --task-id a number",
    );
  };
  const step = Math.max(1, number("STEP", "1"));
  return inRange((number("ID") - number("MIN", "0")) / step, number("COUNT"));
}

function inRange(id: number, count: number): TaskShare {
  if (Number.isSafeInteger(id) && id >= 0 && id < count) return { id, count };
  throw new UsageError(
    `Expected --task-id to be from 0 to ${
      count - 1
    }, since there are ${count} tasks, but found ${id}`,
  );
}
