/**
 * Commands that apply a network in several processes, each to a part of the images.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { Membership } from "../../core/membership.ts";
import { engine } from "../../engine/engine.ts";
import { membership } from "../../launch/from_environment.ts";
import { supervise } from "../../launch/supervise.ts";
import type { Flags } from "../command.ts";
import { numberFlag } from "../numbers.ts";
import type { TrainFlags } from "../train/flags.ts";
import { launchOf } from "./flags.ts";
import { tell } from "./tell.ts";
import { workerCommand } from "./worker_command.ts";
import { workersTogether } from "./workers.ts";

/** Flags of these commands. */
export const SHARING_FLAGS = {
  processes: { type: "string" },
  "peer-timeout": { type: "string" },
} as const satisfies Flags;

/**
 * Returns their lines in `--help`.
 *
 * @param column Column at which the descriptions of flags begin.
 * @returns The lines.
 */
export function sharingHelp(column: number): string {
  const line = (flag: string, text: string) => flag.padEnd(column) + text;
  return [
    line(
      "  --processes N",
      "divide the images among N processes of this machine; on several machines",
    ),
    line("", "their launcher does: srun, TF_CONFIG or torchrun (docs/many-machines.md)"),
    line(
      "  --peer-timeout S",
      "seconds after which a process that does not answer has failed (60)",
    ),
  ].join("\n");
}

/** The process that runs a command, as one of several or alone. */
export interface Sharing {
  /** The processes; missing if this one is alone. */
  readonly cluster?: Membership;
  /** Seconds after which a process that does not answer has failed. */
  readonly peerTimeout?: number;
  /** Whether this process writes and prints. */
  readonly isFirst: boolean;
}

/**
 * Starts the processes that `--processes` asks for and waits for them, or prepares this process for the work.
 *
 * Before it reads files from outside, the command line gives up the rights that only starting needs.
 *
 * @param command Name of the command.
 * @param flags Its parsed flags.
 * @param positionals Its other arguments.
 * @param run The work.
 * @returns The exit code.
 * @throws {UsageError} If a flag is out of range, or the launcher of this process decides.
 */
export async function shared(
  command: string,
  flags: TrainFlags,
  positionals: readonly string[],
  run: (sharing: Sharing) => Promise<number>,
): Promise<number> {
  const peerTimeout = numberFlag("peer-timeout", flags["peer-timeout"] as string | undefined, {
    min: 1,
    integer: false,
  });
  const launch = launchOf({ processes: flags.processes });
  if (launch?.processes !== undefined) {
    const args = workerCommand(command, flags, positionals);
    return await supervise({
      processes: launch.processes,
      isResumable: false,
      start: (count) => workersTogether(args, count),
      tell,
    });
  }
  const cluster = membership();
  // Before TensorFlow is loaded, which logs every failure of another process in many lines.
  if (cluster) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  await prepare();
  return await run({ cluster, peerTimeout, isFirst: cluster === undefined || cluster.rank === 0 });
}

/**
 * Runs a command that divides no work, as {@linkcode shared} does.
 *
 * @param flags Its parsed flags.
 * @param what What it is applied to, for instance `the run of a detector`.
 * @param run The work.
 * @returns The exit code.
 * @throws {UsageError} If it is to run in several processes.
 */
export async function alone(
  flags: TrainFlags,
  what: string,
  run: () => Promise<number>,
): Promise<number> {
  const launch = launchOf({ processes: flags.processes });
  const processes = launch?.processes ?? membership()?.addresses.length ?? 1;
  if (processes !== 1) {
    throw new UsageError(`Expected one process for ${what} but found ${processes}`);
  }
  await prepare();
  return await run();
}

/**
 * Starts the engine; the command line then gives up the rights to start programs and to reach a network. A script that
 * calls it keeps its rights.
 */
async function prepare(): Promise<void> {
  await engine();
  if (Deno.mainModule !== import.meta.resolve("../mod.ts")) return;
  for (const name of ["run", "net"] as const) await Deno.permissions.revoke({ name });
}
