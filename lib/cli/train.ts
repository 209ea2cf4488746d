/**
 * `deno task train`: trains recipes and prints accuracy by group.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { engine } from "../engine/engine.ts";
import { profileTraining } from "../train/profile_training.ts";
import { listRecipes } from "../train/recipes/list.ts";
import { train } from "../train/train.ts";
import type { TrainResult } from "../train/result.ts";
import { execute } from "./command.ts";
import { numberFlag } from "./numbers.ts";
import { optionsOf, recipesOf, TRAIN_FLAGS, type TrainFlags } from "./train/flags.ts";
import { runFolder } from "./train/folders.ts";
import { onInterrupt } from "./train/interrupt.ts";
import { recipeTable, tokenLines } from "./train/recipe_table.ts";
import { profileTable } from "./train/profile_table.ts";
import { progressDisplay } from "./train/progress.ts";
import { accuracyTable } from "./train/table.ts";

const USAGE = `Usage: deno task train [flags]

Without flags: plain cross-entropy against NBN + LR on the built-in images, a few minutes; with --data and
no recipe, the same two on images of your own.
  --recipe NAME         <data set>/<token>[+<token>…]; more than one recipe, by commas, are trained in turn
${tokenLines()}
  --list                print the recipes of the paper's rows and others, with what they do; trains nothing
  --data DIR            folder of the images or of their lists, or a training list, for every data
                        set but builtin
  --root DIR            folder that paths in lists begin in (that of the lists)
  --test LIST           list to evaluate on (the training list's name with test or val for train)
  --size N              height and width that images from disk are brought to (32; large networks: 224)
  --network NAME        another network than the data set's: resnet8 to resnet110 for small images,
                        resnet18 to resnet152, resnext50-32x4d with random-resized crops
  --skip-bad            leave missing and damaged images out, with their count, rather than stop
  --imbalance N         images of the largest class over those of the smallest, from 1
  --iterations N        steps of the first stage; later stages keep their proportion to it
  --batch N             images in a step
  --precision P         float32, or bf16 where the processor is faster with it (float32 elsewhere)
  --force-precision     bf16 on every processor
  --seed N              seed of parameters, sampling and augmentation (0)
  --out DIR             run folder (runs/<time>-<recipe>); with several recipes, the folder they stand in
  --resume              go on from the last checkpoint in --out
  --checkpoint-every N  steps between checkpoints (1000)
  --evaluate-every N    steps between evaluations (a tenth of all)
  --workers N           threads that prepare batches
  --profile             train nothing, but print where the time of a step goes, operation by operation
  --json                print the results as a JSON array in the last line of stdout
  --help                this text
What is left out comes from the recipe.`;

const COMMAND = {
  name: "train",
  usage: USAGE,
  flags: {
    ...TRAIN_FLAGS,
    seed: { type: "string" },
    resume: { type: "boolean" },
    profile: { type: "boolean" },
    list: { type: "boolean" },
  },
  run,
} as const;

async function run(flags: TrainFlags): Promise<number> {
  if (flags.list) {
    const recipes = listRecipes();
    console.log(flags.json ? JSON.stringify(recipes) : recipeTable(recipes));
    return 0;
  }
  const recipes = recipesOf(flags);
  const options = optionsOf(flags);
  const seed = numberFlag("seed", flags.seed as string | undefined, { least: 0, integer: true });
  const out = flags.out as string | undefined;
  if (flags.resume && out === undefined) {
    throw new UsageError("Expected --out with --resume, the folder of the run to go on with");
  }
  const { backend, version, device, reason } = await engine();
  console.error(`${backend} ${version} on ${device}, ${reason}`);
  if (flags.profile) {
    for (const recipe of recipes) {
      const rows = await profileTraining({ ...options, recipe, seed });
      console.log(`${recipe}: ${profileTable(rows)}`);
    }
    return 0;
  }
  const time = new Date();
  const interrupt = onInterrupt();
  const results: TrainResult[] = [];
  try {
    for (const recipe of recipes) {
      results.push(
        await train({
          ...options,
          recipe,
          seed,
          out: runFolder(recipe, out, recipes.length > 1, time),
          resume: flags.resume as boolean | undefined,
          onProgress: progressDisplay(),
          signal: interrupt.signal,
        }),
      );
      if (interrupt.signal.aborted) break;
    }
  } finally {
    interrupt.close();
  }
  report(results, flags.json === true);
  return interrupt.code ?? 0;
}

function report(results: readonly TrainResult[], json: boolean): void {
  const table = accuracyTable(
    results.map(({ recipe, all, head, medium, tail }) => ({
      name: recipe,
      accuracies: [all, head, medium, tail],
    })),
  );
  console.log(`Accuracy in percent on the balanced test set\n${table}`);
  for (const { recipe, out } of results) console.error(`${recipe}: logs and checkpoints in ${out}`);
  if (json) console.log(JSON.stringify(results));
}

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
