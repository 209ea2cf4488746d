/**
 * The command line of a worker.
 *
 * @module
 */
import type { TrainFlags } from "../train/flags.ts";
import { LAUNCH_FLAGS } from "./flags.ts";

/** Rights of a worker: those of the task but to start other programs than Python, and to reach a network. */
export const WORKER_RIGHTS: readonly string[] = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-ffi",
  "--allow-run=python3",
  "--allow-sys=hostname,systemMemoryInfo",
];

/**
 * Returns Deno's arguments by which a worker runs a command.
 *
 * @param command Name of the command, for instance `train`.
 * @param flags Its parsed flags; those that start processes are left out.
 * @param positionals Its other arguments.
 * @returns The arguments.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const flags = { lr: "0.1", resume: true, "keep-best": false, processes: "2" };
 * assertEquals(workerCommand("train", flags).slice(-4), ["train", "--lr=0.1", "--resume", "--no-keep-best"]);
 * ```
 */
export function workerCommand(
  command: string,
  flags: TrainFlags,
  positionals: readonly string[] = [],
): string[] {
  return [
    ...["run", "--quiet", "--no-prompt", ...WORKER_RIGHTS],
    ...[import.meta.resolve("../mod.ts"), command],
    ...Object.entries(flags).filter(([name]) => !Object.hasOwn(LAUNCH_FLAGS, name))
      .flatMap(([name, value]) => flagArguments(name, value)),
    ...(positionals.length > 0 ? ["--", ...positionals] : []),
  ];
}

function flagArguments(name: string, value: TrainFlags[string]): string[] {
  if (value === undefined) return [];
  if (typeof value === "boolean") return [value ? `--${name}` : `--no-${name}`];
  return [value].flat().map((each) => `--${name}=${each}`);
}
