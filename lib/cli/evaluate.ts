/**
 * `deno task evaluate`: evaluates a checkpoint.
 *
 * @module
 */
import { onlyRun } from "./only_run.ts";
import { DEVICE_FLAG } from "./device.ts";
import { PROGRAM } from "../core/program.ts";
import { groupLine } from "../data/groups.ts";
import { isDetectorRun } from "../detection/runs/open_detector.ts";
import { evaluateRun } from "../runs/evaluate_run.ts";
import type { Command } from "./command.ts";
import { evaluateDetectorOn } from "./detector/evaluate.ts";
import { expectNone } from "./detector/expect_none.ts";
import { numberFlag } from "./numbers.ts";
import { accuracyTitle, areBalanced } from "./train/accuracy_title.ts";
import { groupsFlag, precisionFlag, splitFlag } from "./train/flags.ts";
import { accuracyTable, percent } from "./train/table.ts";

const USAGE = `Usage: ${PROGRAM} evaluate RUN [flags]

RUN is a run folder, whose newest checkpoint is taken, or a checkpoint-….safetensors. Of a detector:
average precision of boxes and masks as LVIS defines it, of all, rare, common and frequent classes.
  --recipe NAME   recipe of the checkpoint; default: the run's
  --data DIR      folder of the images or lists, or a training list; default: the run's
  --root DIR      folder that paths in lists are relative to; default: the run's
  --test LIST     list to evaluate on, or annotations of objects; default: the run's
  --split SET     test or val, if both exist; default: the run's (test)
  --imbalance N   imbalance of the training set, by which classes are grouped; default: the run's
  --groups A,B    Tail are classes of fewer than A training images, Medium those of A to B; default: the run's
  --precision P   float32 or bf16
  --batch N       of a detector: images computed at once (4)
  --json          print the result as a JSON object in the last line of stdout
  --device D      cpu, gpu, gpu:1, gpu:0,1, tpu, or auto: an accelerator if one is set up (auto)
  --help          this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

/** The command `evaluate`. */
export const command: Command = {
  name: "evaluate",
  usage: USAGE,
  flags: {
    ...DEVICE_FLAG,
    recipe: { type: "string" },
    data: { type: "string" },
    root: { type: "string" },
    test: { type: "string" },
    split: { type: "string" },
    imbalance: { type: "string" },
    groups: { type: "string" },
    precision: { type: "string" },
    batch: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: true,
  run,
};

async function run(flags: Flags, runs: string[]): Promise<number> {
  const path = onlyRun(runs);
  if (await isDetectorRun(path)) return await evaluateDetectorOn(path, flags);
  expectNone(flags, ["batch"], "the run of a classifier");
  const text = (name: string) => flags[name] as string | undefined;
  const result = await evaluateRun(path, {
    recipe: text("recipe"),
    folder: text("data"),
    root: text("root"),
    test: text("test"),
    split: splitFlag(text("split")),
    imbalance: numberFlag("imbalance", text("imbalance"), { min: 1, integer: false }),
    groups: groupsFlag(text("groups")),
    precision: precisionFlag(text("precision")),
  });
  const { recipe, step, checkpoint } = result;
  for (const message of result.warnings) console.error(`warning: ${message}`);
  console.log(`${checkpoint}: ${recipe} after ${step} steps`);
  console.log(accuracyTitle([result]));
  console.log(accuracyTable([{ ...result, name: recipe }], { mean: !areBalanced([result]) }));
  console.log(groupLine(result.groups));
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
