/**
 * `deno task evaluate`: how good a checkpoint is.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { evaluateRun } from "../train/evaluate_run.ts";
import { execute } from "./command.ts";
import { numberFlag } from "./numbers.ts";
import { precisionFlag } from "./train/flags.ts";
import { accuracyTable, percent } from "./train/table.ts";

const USAGE = `Usage: deno task evaluate RUN [flags]

RUN is a run folder, whose newest checkpoint is taken, or a checkpoint-….safetensors.
  --recipe NAME   recipe of the checkpoint; the run folder tells it
  --data DIR      folder of the images or lists, or a training list; the run folder tells it
  --root DIR      folder that paths in lists begin in; the run folder tells it
  --imbalance N   imbalance of the training set; the run folder tells it
  --precision P   float32 or bf16
  --json          print the result as a JSON object in the last line of stdout
  --help          this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

const COMMAND = {
  name: "evaluate",
  usage: USAGE,
  flags: {
    recipe: { type: "string" },
    data: { type: "string" },
    root: { type: "string" },
    imbalance: { type: "string" },
    precision: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: true,
  run,
} as const;

async function run(flags: Flags, [path, ...more]: string[]): Promise<number> {
  if (path === undefined || more.length > 0) {
    throw new UsageError(
      `Expected one run folder or checkpoint but found ${
        path === undefined ? "none" : more.length + 1
      }`,
    );
  }
  const text = (name: string) => flags[name] as string | undefined;
  const result = await evaluateRun(path, {
    recipe: text("recipe"),
    folder: text("data"),
    root: text("root"),
    imbalance: numberFlag("imbalance", text("imbalance"), { least: 1, integer: false }),
    precision: precisionFlag(text("precision")),
  });
  const { recipe, step, checkpoint, all, head, medium, tail } = result;
  console.log(`${checkpoint}: ${recipe} after ${step} steps, accuracy in percent`);
  console.log(accuracyTable([{ name: recipe, accuracies: [all, head, medium, tail] }]));
  console.log(
    `Macro-F1 ${percent(result.macroF1)}  calibration error ${result.calibrationError.toFixed(3)}`,
  );
  const width = Math.max(...result.classNames.map((name) => name.length));
  result.classNames.forEach((name, label) =>
    console.log(`  ${name.padEnd(width)}  ${percent(result.perClass[label]).padStart(5)}`)
  );
  if (flags.json) console.log(JSON.stringify(result));
  return 0;
}

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
