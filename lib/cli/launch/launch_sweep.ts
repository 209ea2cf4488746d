/**
 * Starting a sweep in processes of its own, and supervising them.
 *
 * @module
 */
import { threads } from "../../core/threads.ts";
import { processShare } from "../../launch/from_environment.ts";
import { supervise } from "../../launch/supervise.ts";
import { threadShare } from "../../launch/worker_environment.ts";
import type { TrainFlags } from "../train/flags.ts";
import type { Launch } from "./flags.ts";
import { tell } from "./tell.ts";
import { workerCommand } from "./worker_command.ts";

/**
 * Runs `sweep` in processes that divide its trainings. They are independent: each is started again by itself.
 *
 * @param flags Parsed flags of the command.
 * @param launch How many processes, and how often each is started again.
 * @returns The exit code of the first process that failed, else 0.
 */
export async function launchSweep(
  flags: TrainFlags,
  { processes, restarts }: Launch,
): Promise<number> {
  const count = processes ?? 1;
  const codes = await Promise.all(Array.from({ length: count }, (_, id) =>
    supervise({
      processes: 1,
      restarts,
      start(_, isRestart) {
        const part = processes === undefined
          ? {}
          : { "task-id": String(id), "task-count": String(count) };
        const resume = isRestart || flags.resume;
        return [{
          rank: processes === undefined ? processShare()?.id ?? 0 : id,
          args: workerCommand("sweep", { ...flags, ...part, resume }),
          env: threadShare(threads(), count),
          // The table of all follows when they are done.
          showsOutput: processes === undefined,
          showsErrors: id === 0,
        }];
      },
      tell,
    })));
  return codes.find((code) => code !== 0) ?? 0;
}
