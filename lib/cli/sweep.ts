/**
 * `deno task sweep`: recipes over several seeds.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { sweep } from "../train/sweep.ts";
import { execute } from "./command.ts";
import { numberFlag } from "./numbers.ts";
import { optionsOf, recipesOf, TRAIN_FLAGS, type TrainFlags } from "./train/flags.ts";
import { onInterrupt } from "./train/interrupt.ts";
import { progressDisplay } from "./train/progress.ts";
import { accuracyTable } from "./train/table.ts";

const USAGE = `Usage: deno task sweep --out DIR [flags]

Trains every recipe with every seed and prints mean ± standard deviation.
  --out DIR    folder of all runs and of sweep.csv
  --seeds LIST seeds, separated by commas (0,1,2)
  --resume     go on with a sweep that was stopped
  --help       this text
All other flags are those of deno task train, without --seed.`;

const COMMAND = {
  name: "sweep",
  usage: USAGE,
  flags: { ...TRAIN_FLAGS, seeds: { type: "string" }, resume: { type: "boolean" } },
  run,
} as const;

async function run(flags: TrainFlags): Promise<number> {
  const recipes = recipesOf(flags);
  const options = optionsOf(flags);
  const seeds = ((flags.seeds as string | undefined) ?? "0,1,2").split(",")
    .map((seed) => numberFlag("seeds", seed, { least: 0, integer: true })!);
  if (flags.out === undefined) {
    throw new UsageError("Expected --out, the folder that the runs are to be written to");
  }
  const interrupt = onInterrupt();
  try {
    const { rows, results } = await sweep({
      ...options,
      recipes,
      seeds,
      out: flags.out as string,
      resume: flags.resume === true,
      onProgress: progressDisplay(),
      signal: interrupt.signal,
    });
    console.log(`Accuracy in percent over seeds ${seeds.join(", ")}`);
    console.log(accuracyTable(rows.map(({ recipe, all, head, medium, tail }) => ({
      name: recipe,
      accuracies: [all, head, medium, tail],
    }))));
    if (flags.json) console.log(JSON.stringify(results));
  } finally {
    interrupt.close();
  }
  return interrupt.code ?? 0;
}

if (import.meta.main) Deno.exit(await execute(COMMAND, Deno.args));
