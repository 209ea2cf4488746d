/**
 * `deno task train`: trains recipes and prints accuracy by group.
 *
 * @module
 */
import { DEVICE_FLAG } from "./device.ts";
import { PROGRAM } from "../core/program.ts";
import { UsageError } from "../core/errors.ts";
import { groupLine } from "../data/groups.ts";
import { profileTraining } from "../train/profile_training.ts";
import { listDetectionRecipes } from "../detection/recipes/list.ts";
import { listRecipes } from "../recipes/list.ts";
import { trainOptions } from "../settings/options_to_settings.ts";
import { train } from "../train/train.ts";
import type { TrainResult } from "../runs/result.ts";
import { membership } from "../launch/from_environment.ts";
import type { Command } from "./command.ts";
import { LAUNCH_FLAGS, LAUNCH_HELP, launchOf } from "./launch/flags.ts";
import { launchTraining } from "./launch/launch_training.ts";
import { terminalWidth } from "./terminal_width.ts";
import { trainDetectors } from "./detector/train.ts";
import { accuracyTitle, areBalanced } from "./train/accuracy_title.ts";
import { eachRecipe } from "./train/each_recipe.ts";
import {
  areDetectors,
  recipesOf,
  settingsOf,
  TRAIN_FLAGS,
  type TrainFlags,
} from "./train/flags.ts";
import { repeat } from "./train/repeat/command.ts";
import { recipeTable } from "./train/recipe_table.ts";
import { profileTable } from "./train/profile_table.ts";
import { settingLines } from "./train/settings_help.ts";
import { startEngine } from "./train/start_engine.ts";
import { accuracyTable } from "./train/table.ts";

const USAGE = `Usage: ${PROGRAM} train [flags]

Without flags: plain cross-entropy against NBN + LR on the built-in images, a few minutes; with
--data and no recipe, the same two on your own images. Defaults come from the recipe.
Recipes of detectors, for instance builtin-lvis/mask-rcnn+seesaw+nbn, take a part of the settings and
train in one process.

${settingLines()}

The run:
  --config FILE         settings in JSON, by the names of their flags in camelCase (weightDecay),
                        or the config.json of a run, which has those it was trained with; flags
                        override them, --no-NAME disables a setting of the file
  --out DIR             run folder (runs/<time>-<recipe>); with several recipes, the folder they
                        stand in
  --resume              resume from the last checkpoint in --out; with more --iterations where the
                        steps done are those of the longer training too
  --repeat RUN          train a run again by its config.json, up to its newest checkpoint, and compare:
                        exit code 0 if all is equal bit for bit, else 1 with the first difference;
                        into --out, else into a temporary folder
  --list                print the recipes of the paper's rows and others, with what they do;
                        trains nothing
  --profile             train nothing, but print the time of a step by
                        operation
  --json                print the results as a JSON array in the last line of stdout
  --device D            cpu, gpu, gpu:1, gpu:0,1, tpu, or auto: an accelerator if one is set up (auto)
  --help                this text

Several processes, each with a part of every batch (docs/many-machines.md):
  --processes N         start N processes on this machine; on several machines their launcher does:
                        srun, TF_CONFIG or torchrun
${LAUNCH_HELP}
  --elastic MIN:MAX     after a failure before the next checkpoint, start again without the processes
                        that were killed; after one beyond it, start all MAX`;

/** The command `train`. */
export const command: Command = {
  name: "train",
  usage: USAGE,
  flags: {
    ...DEVICE_FLAG,
    ...TRAIN_FLAGS,
    ...LAUNCH_FLAGS,
    profile: { type: "boolean" },
    repeat: { type: "string" },
    list: { type: "boolean" },
  },
  run,
};

async function run(flags: TrainFlags): Promise<number> {
  if (flags.list) {
    const recipes = [...listRecipes(), ...listDetectionRecipes()];
    console.log(flags.json ? JSON.stringify(recipes) : recipeTable(recipes, terminalWidth()));
    return 0;
  }
  if (flags.repeat !== undefined) return await repeat(flags.repeat as string, flags);
  const settings = await settingsOf(flags);
  const recipes = recipesOf(settings);
  if (flags.resume && flags.out === undefined) {
    throw new UsageError("Expected --out with --resume, the folder of the run to resume");
  }
  const launch = launchOf(flags), cluster = membership();
  if (flags.profile && launch) {
    throw new UsageError("Expected --profile in one process but found --processes or --restarts");
  }
  const detectors = areDetectors(recipes);
  if (detectors) expectOneProcess(recipes, launch?.processes ?? cluster?.addresses.length);
  if (launch) return await launchTraining(flags, recipes, launch);
  // Before TensorFlow is loaded, which logs every failure of another process in many lines.
  if (cluster) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  const isFirst = cluster === undefined || cluster.rank === 0;
  await startEngine(isFirst);
  if (detectors) return await trainDetectors(recipes, settings, flags);
  const options = trainOptions(settings);
  if (flags.profile) {
    for (const recipe of recipes) {
      const rows = await profileTraining({ ...options, recipe });
      console.log(`${recipe}: ${profileTable(rows)}`);
    }
    return 0;
  }
  const { results, code } = await eachRecipe(
    recipes,
    flags,
    (recipe, call) => train({ ...options, recipe, cluster, ...call }),
    isFirst,
  );
  if (isFirst) report(results, flags.json === true);
  return code;
}

/** Throws if detectors are to be trained in several processes. */
function expectOneProcess([recipe]: readonly string[], processes = 1): void {
  if (processes === 1) return;
  throw new UsageError(
    `Expected one process for recipe ${recipe}, which is a detector's, but found ${processes}`,
  );
}

function report(results: readonly TrainResult[], json: boolean): void {
  const rows = results.map((result) => ({ ...result, name: result.recipe }));
  console.log(accuracyTitle(results));
  console.log(accuracyTable(rows, { mean: !areBalanced(results) }));
  if (results.length > 0) console.log(groupLine(results[0].groups));
  for (const { recipe, out } of results) console.error(`${recipe}: logs and checkpoints in ${out}`);
  if (json) console.log(JSON.stringify(results));
}
