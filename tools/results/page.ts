/**
 * The results page: ours beside the paper's.
 *
 * @module
 */
import { bySeed } from "../../lib/metrics/by_seed.ts";
import { gainCell, meanCell } from "../../lib/notebooks/estimate_cells.ts";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import { fixed, signed } from "../../lib/plots/prose.ts";
import { conclusions } from "./conclusions.ts";
import { effectLines } from "./effects.ts";
import { evennessLines } from "./evenness.ts";
import { type Experiment, findExperiments, type FinishedRun } from "./experiments.ts";
import { type Gain, gainsOf, GROUPS } from "./gains.ts";
import { code, markdownTable } from "../markdown.ts";
import { mechanismLines } from "./mechanism.ts";
import { orderLines } from "./order.ts";
import { type PaperRow, readPaper, rowsOfRecipe } from "./paper.ts";
import { settingRows } from "./setting_rows.ts";
import { variantLines } from "./variants.ts";

const HEADS = ["All", "Head", "Medium", "Tail"];

/**
 * Writes the results page from the finished runs of a data folder and the paper's tables in it.
 *
 * @param data The folder, for instance `data`, with `paper.csv`, `experiments` and `results`.
 * @returns The page in Markdown.
 * @throws {DataError} If the paper's tables, or a run's summary or analysis, cannot be read.
 * @throws {UsageError} If a config file, or the `config.json` of a run, is unusable.
 */
export async function resultsPage(data: string): Promise<string> {
  const paper = await readPaper(`${data}/paper.csv`);
  const experiments = await findExperiments(data);
  const found = experiments.map((experiment) => ({
    experiment,
    gains: gainsOf(experiment, paper),
  }));
  return [
    "# Results",
    "",
    `Written by \`deno task results\` from the runs in ${
      code(`${data}/results`)
    }, the experiments in`,
    `${code(`${data}/experiments`)} and the paper's tables in ${
      code(`${data}/paper.csv`)
    }. Accuracy in percent on the`,
    "balanced test set at the last step: mean ± standard error over seeds. Gains are differences of runs with the same",
    "seed, in points, with the 95 % interval of Student's t distribution; of a single seed there is none. Hours are the",
    "median time of a step times the number of steps, with what else the machine did.",
    "",
    ...effectLines(found, paper),
    ...variantLines(found),
    "## Conclusions",
    "",
    "Agrees: the interval lies on the paper's side of 0. Does not: it lies on the other side, or contains 0 and excludes",
    "the paper's gain. Not known: it contains both, or there is one seed.",
    "",
    ...conclusions(found),
    ...found.flatMap(({ experiment, gains }) => [
      ...section(experiment, gains, paper),
      ...orderLines(experiment, experiments, paper),
      ...evennessLines(experiment, paper),
      ...mechanismLines(experiment),
    ]),
  ].join("\n").trimEnd() + "\n";
}

/** Formats the section of an experiment. */
function section(
  experiment: Experiment,
  gains: readonly Gain[],
  paper: readonly PaperRow[],
): string[] {
  const { name, recipes, runs } = experiment;
  return [
    `## ${name}`,
    "",
    ...source(experiment),
    "",
    ...(runs.length === 0 ? [] : [
      ...markdownTable(
        ["setting", "here", "recipe after the paper"],
        settingRows(runs[0]),
        "right",
      ),
      "",
    ]),
    ...markdownTable(
      ["recipe", "seeds", ...HEADS, "paper", "difference", "hours"],
      recipes.map((recipe) => accuracyRow(experiment, recipe, paper)),
      "right",
    ),
    "",
    ...(gains.length === 0 ? [] : [
      ...markdownTable(
        ["gain of", "over", "seeds", ...HEADS, "paper", "verdict"],
        gains.map(gainRow),
        "right",
      ),
      "",
    ]),
  ];
}

/** Tells how to repeat the runs of an experiment, and the machines that they ran on. */
function source({ file, folder, runs }: Experiment): string[] {
  const seeds = seedsOf(runs).join() || "0,1,2";
  const machines = [...new Set(runs.map(({ machine }) => machine))];
  const again = runs.some(({ repeatable }) => repeatable)
    ? `Each again: ${code("deno task train --config RUN/config.json --out runs/again")}.`
    : `Runs of an earlier version, in ${code(folder)}; data/README.md has their commands.`;
  return [
    ...(file
      ? ["```sh", `deno task sweep --config ${file} --seeds ${seeds} --out ${folder}`, "```", ""]
      : []),
    runs.length === 0 ? "Not run yet." : `${again} Trained on ${machines.join("; ")}.`,
  ];
}

function accuracyRow(
  { runs, imbalance }: Experiment,
  recipe: string,
  paper: readonly PaperRow[],
): string[] {
  const own = runs.filter((run) => run.recipe === recipe);
  const told = rowsOfRecipe(paper, recipe, imbalance).find(({ all }) => all !== null);
  const paperCell = told ? `${fixed(told.all).digits} (${told.table})` : "–";
  if (own.length === 0) {
    return [code(recipe), "not run yet", ...HEADS.map(() => "–"), paperCell, "–", "–"];
  }
  const over = GROUPS.map((group) => {
    const values = [...bySeed(runs, recipe, ({ summary }) => summary[group]).values()];
    return values.length === 0 ? null : estimateMean(values);
  });
  const difference = told && over[0] ? signed(over[0].mean - told.all!).digits : "–";
  return [
    code(recipe),
    seedsOf(own).join(" "),
    ...over.map((value) => meanCell(value)),
    paperCell,
    difference,
    fixed(hours(own), 2).digits,
  ];
}

function gainRow({ recipe, baseline, paper, verdict, ...gain }: Gain): string[] {
  return [
    code(recipe),
    code(baseline),
    `${gain.all.count}`,
    ...GROUPS.map((group) => gainCell(gain[group])),
    paper ? `${signed(paper.all).digits} (${paper.table})` : "–",
    verdict,
  ];
}

function seedsOf(runs: readonly FinishedRun[]): number[] {
  return [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
}

/** Mean duration of a run's steps in hours, from their median. */
function hours(runs: readonly FinishedRun[]): number {
  const all = runs.map(({ summary }) => summary.iterations * summary.stepMs / 3.6e6);
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}
