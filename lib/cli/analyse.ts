/**
 * `deno task analyse`: computes the numbers of the paper's tables and figures for trained runs.
 *
 * @module
 */
import { DEVICE_FLAG } from "./device.ts";
import { PROGRAM } from "../core/program.ts";
import { analyseRun } from "../analysis/run/analyse_run.ts";
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import { UsageError } from "../core/errors.ts";
import type { Command } from "./command.ts";
import { numberFlag } from "./numbers.ts";
import { accuracyTitle, areBalanced, SET_NAMES } from "./train/accuracy_title.ts";
import { columns } from "./train/columns.ts";
import { splitFlag } from "./train/flags.ts";
import { percent } from "./train/table.ts";

const USAGE = `Usage: ${PROGRAM} analyse RUN… [flags]

Runs every analysis on finished runs and writes the numbers into RUN/analysis: accuracy, confusion,
calibration, masked channels (Table V), strength of each channel (Figure 6, Table XVI), weights of the
last batch norm (Figure 5), magnitude (Figure 2), logits, attention on a few rare images (Figures 1, 4).
Existing parts of the same checkpoint and data are kept.
  --data DIR         folder of the images, or builtin; default: the run's
  --split SET        test or val, if both exist; default: the run's (test)
  --tap NAME         layer whose channels are masked and measured (embedding)
  --thresholds S,N   points of accuracy from which a channel's loss is severe, and up to which it is
                     negligible (0.2,0.05)
  --device D         cpu, gpu, gpu:1, gpu:0,1, tpu, or auto: an accelerator if one is set up (auto)
  --help             this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

/** The command `analyse`. */
export const command: Command = {
  name: "analyse",
  usage: USAGE,
  flags: {
    ...DEVICE_FLAG,
    data: { type: "string" },
    split: { type: "string" },
    tap: { type: "string" },
    thresholds: { type: "string" },
  },
  positionals: true,
  run,
};

async function run(flags: Flags, runs: string[]): Promise<number> {
  if (runs.length === 0) throw new UsageError("Expected at least one run folder but found none");
  const { data: folder, split, tap, thresholds } = flags as Record<string, string | undefined>;
  const options = { folder, split: splitFlag(split), tap, thresholds: thresholdsOf(thresholds) };
  for (const path of runs) {
    const analysis = await analyseRun(path, {
      ...options,
      onPart: (part, how, reason) =>
        console.error(`${path}: ${part} ${how}${reason === undefined ? "" : `: ${reason}`}`),
    });
    console.log(summary(path, analysis));
  }
  return 0;
}

function thresholdsOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const [severe, negligible, ...more] = text.split(",").map((number) =>
    numberFlag("thresholds", number, { min: 0, integer: false })!
  );
  if (negligible === undefined || more.length > 0) {
    throw new UsageError(
      `Expected --thresholds to be two numbers such as 0.2,0.05 but found "${text}"`,
    );
  }
  return { severe, negligible };
}

function summary(path: string, { record, accuracy, masking, features }: RunAnalysis): string {
  const { evaluatedOn = "test" } = record.data;
  const lines = [
    `${path}: ${record.recipe} after ${record.step} steps on the ${SET_NAMES[evaluatedOn]}, ` +
    `written to analysis/`,
  ];
  if (masking) {
    const testImages = accuracy?.confusion.map((row) => row.reduce((sum, count) => sum + count));
    const evaluated = [{ evaluatedOn, testImages }];
    const balanced = areBalanced(evaluated);
    lines.push(
      accuracyTitle(evaluated),
      columns([
        ["masked channels", "", "All", ...(balanced ? [] : ["Mean"]), "Head", "Medium", "Tail"],
        ...masking.rows.map(({ masked, channels, all, mean, head, medium, tail }) => [
          masked,
          String(channels),
          ...[all, ...(balanced ? [] : [mean ?? null]), head, medium, tail].map(percent),
        ]),
      ], { left: 1, minWidth: 6 }),
    );
    if (masking.drops.classes.note) lines.push(masking.drops.classes.note);
  }
  if (features) {
    const { ofMeans, ofDeviations } = features.variances;
    lines.push(
      `Variance over channels of the means ${ofMeans.toFixed(4)}, ` +
        `of the deviations ${ofDeviations.toFixed(4)}`,
    );
  }
  return lines.join("\n");
}
