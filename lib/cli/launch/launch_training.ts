/**
 * Starting a training in processes of its own, and supervising them.
 *
 * @module
 */
import { processShare } from "../../launch/from_environment.ts";
import { supervise } from "../../launch/supervise.ts";
import type { WorkerOptions } from "../../launch/worker.ts";
import { checkpointsIn, hasCheckpoint } from "../../runs/run_folder.ts";
import type { TrainFlags } from "../train/flags.ts";
import { commonOut, runFolder } from "../train/folders.ts";
import type { Launch } from "./flags.ts";
import { tell } from "./tell.ts";
import { workerCommand } from "./worker_command.ts";
import { workersTogether } from "./workers.ts";

/**
 * Runs `train` in several processes on this machine; or, without a number of processes, in one that the supervisor of
 * this machine starts again, as those of the other machines do.
 *
 * @param flags Parsed flags of the command.
 * @param recipes Names of the recipes.
 * @param launch How many processes, and how often they are started again.
 * @returns The exit code.
 */
export async function launchTraining(
  flags: TrainFlags,
  recipes: readonly string[],
  { processes, ...options }: Launch,
): Promise<number> {
  const time = new Date();
  const out = commonOut(recipes, flags.out as string | undefined, time);
  const folders = recipes.map((recipe) => runFolder(recipe, out, recipes.length > 1, time));
  return await supervise({
    ...options,
    processes: processes ?? 1,
    start(count, isRestart) {
      const resume = isRestart || flags.resume;
      const args = workerCommand("train", { ...flags, out, resume });
      return processes === undefined ? [own(args)] : workersTogether(args, count);
    },
    position: async () => JSON.stringify(await Promise.all(folders.map(checkpointsOf))),
    tell,
  });
}

/** One worker, which the environment tells which process of the training it is. */
function own(args: readonly string[]): WorkerOptions {
  return { rank: processShare()?.id ?? 0, args, showsOutput: true, showsErrors: true };
}

async function checkpointsOf(folder: string): Promise<string[]> {
  return await hasCheckpoint(folder) ? checkpointsIn(folder) : [];
}
