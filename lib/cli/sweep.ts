/**
 * `deno task sweep`: trains recipes with several seeds.
 *
 * @module
 */
import { DEVICE_FLAG } from "./device.ts";
import { PROGRAM } from "../core/program.ts";
import { UsageError } from "../core/errors.ts";
import { groupLine } from "../data/groups.ts";
import { detectorTrainOptions } from "../detection/training/detector_options.ts";
import { collectDetectors, sweepDetectors } from "../detection/training/sweep_detectors.ts";
import {
  type CollectedSweep,
  collectSweep,
  type CollectSweepOptions,
} from "../train/collect_sweep.ts";
import type { TrainResult } from "../runs/result.ts";
import { trainOptions } from "../settings/options_to_settings.ts";
import { sweep, type SweepRow } from "../train/sweep.ts";
import { processShare } from "../launch/from_environment.ts";
import type { Command } from "./command.ts";
import { LAUNCH_HELP, launchOf, PROCESS_FLAGS } from "./launch/flags.ts";
import { launchSweep } from "./launch/launch_sweep.ts";
import { numberFlag } from "./numbers.ts";
import { holdsDetectors, printDetectors } from "./detector/sweep.ts";
import { accuracyTitle, areBalanced } from "./train/accuracy_title.ts";
import {
  areDetectors,
  recipesOf,
  settingsOf,
  TRAIN_FLAGS,
  type TrainFlags,
} from "./train/flags.ts";
import { onInterrupt } from "./train/interrupt.ts";
import { progressDisplay } from "./train/progress.ts";
import { settingLines } from "./train/settings_help.ts";
import { accuracyTable } from "./train/table.ts";
import { taskShare } from "./train/task_share.ts";

const USAGE = `Usage: ${PROGRAM} sweep --out DIR [flags]

Trains every recipe with every seed and prints mean ± standard deviation. Defaults come
from the recipe.

The sweep:
  --out DIR             folder of all runs and of sweep.csv
  --seeds LIST          seeds, separated by commas (0,1,2)
  --resume              resume a sweep that was stopped
  --task-id I           run only a part of the trainings, as process I, from 0, of --task-count; each
                        process gets the same flags and folder; \`slurm\`: both numbers from Slurm's
                        job array
  --task-count N        number of processes
  --processes N         divide the trainings among N processes on this machine, and print the table;
                        on several machines their launcher starts them: srun, TF_CONFIG or torchrun
${LAUNCH_HELP}
  --collect             train nothing, but collect and print the finished trainings;
                        recipes and seeds are those in the folder unless they are named; exit code 1
                        if any is missing
  --config FILE         settings in JSON, or the config.json of a run, as for ${PROGRAM} train; its
                        seed is replaced by --seeds
  --json                print the results as a JSON array in the last line of stdout
  --device D            cpu, gpu, gpu:1, gpu:0,1, tpu, or auto: an accelerator if one is set up (auto)
  --help                this text

${settingLines({ without: ["seed"] })}

As a job array, and then the table:
  sbatch --array=0-7 --wrap "${PROGRAM} sweep --task-id slurm --resume --out DIR \\
    --recipe A,B --seeds 0,1,2,3"
  ${PROGRAM} sweep --collect --out DIR`;

/** Without `--seed`, which `--seeds` replaces. */
const { seed: _seed, ...FLAGS } = TRAIN_FLAGS;

/** The command `sweep`. */
export const command: Command = {
  name: "sweep",
  usage: USAGE,
  flags: {
    ...DEVICE_FLAG,
    ...FLAGS,
    ...PROCESS_FLAGS,
    seeds: { type: "string" },
    "task-id": { type: "string" },
    "task-count": { type: "string" },
    collect: { type: "boolean" },
  },
  run,
};

async function run(flags: TrainFlags): Promise<number> {
  if (flags.out === undefined) {
    throw new UsageError("Expected --out, the folder that the runs are to be written to");
  }
  const out = flags.out as string;
  const settings = await settingsOf(flags), named = seedsOf(flags);
  if (flags.collect) {
    const recipes = settings.recipe && recipesOf(settings);
    return await collect({ out, recipes, seeds: named }, flags.json === true);
  }
  const recipes = recipesOf(settings), seeds = named ?? [0, 1, 2];
  const task = taskShare(flags) ?? processShare();
  const launch = launchOf(flags, task);
  if (launch) {
    const code = await launchSweep(flags, launch);
    if (code !== 0 || launch.processes === undefined) return code;
    return await collect({ out, recipes, seeds }, flags.json === true);
  }
  const interrupt = onInterrupt();
  const common = {
    ...{ recipes, seeds, out, task, resume: flags.resume === true },
    onProgress: interrupt.watching(progressDisplay()),
    signal: interrupt.signal,
  };
  const finish = (results: readonly unknown[], print: () => void) => {
    if (task) {
      console.log(
        `Task ${task.id} of ${task.count}: ${results.length} trainings done; when all tasks are, ` +
          `${PROGRAM} sweep --collect --out ${out} prints the table`,
      );
    } else print();
    if (flags.json) console.log(JSON.stringify(results));
  };
  try {
    if (areDetectors(recipes)) {
      const { recipe: _, ...options } = detectorTrainOptions(settings, recipes[0]);
      const { rows, results } = await sweepDetectors({ ...options, ...common });
      finish(results, () => printDetectors(rows, seeds));
    } else {
      const { rows, results } = await sweep({ ...trainOptions(settings), ...common });
      finish(results, () => print(rows, results, seeds));
    }
  } finally {
    interrupt.close();
  }
  return interrupt.code ?? 0;
}

/** Prints the results of finished trainings, and which are missing. */
async function collect(options: CollectSweepOptions, json: boolean): Promise<number> {
  const { recipes, out } = options;
  const seedsIn = (results: readonly { readonly seed: number }[]) =>
    [...new Set(results.map(({ seed }) => seed))].sort((a, b) => a - b);
  let found: Pick<CollectedSweep, "missing"> & { readonly results: readonly unknown[] };
  if (recipes ? areDetectors(recipes) : await holdsDetectors(out)) {
    const detectors = found = await collectDetectors(options);
    printDetectors(detectors.rows, seedsIn(detectors.results));
  } else {
    const classifiers = found = await collectSweep(options);
    print(classifiers.rows, classifiers.results, seedsIn(classifiers.results));
  }
  const { results, missing } = found;
  if (json) console.log(JSON.stringify(results));
  for (const { recipe, seed, folder } of missing) {
    console.error(
      `Expected ${recipe} with seed ${seed} in ${options.out}/${folder} but it is not finished`,
    );
  }
  return missing.length > 0 ? 1 : 0;
}

function seedsOf({ seeds }: TrainFlags): readonly number[] | undefined {
  const numbers = (seeds as string | undefined)?.split(",")
    .map((seed) => numberFlag("seeds", seed, { min: 0, integer: true })!);
  const twice = numbers?.find((seed, index) => numbers.indexOf(seed) < index);
  if (twice === undefined) return numbers;
  throw new UsageError(`Expected each of --seeds once but found ${twice} twice`);
}

function print(
  rows: readonly SweepRow[],
  results: readonly TrainResult[],
  seeds: readonly number[],
): void {
  console.log(accuracyTitle(results, seeds));
  const named = rows.map((row) => ({ ...row, name: row.recipe }));
  console.log(accuracyTable(named, { mean: !areBalanced(results) }));
  if (results.length > 0) console.log(groupLine(results[0].groups));
}
