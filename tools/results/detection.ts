/**
 * The page of detection: average precision of our runs beside the paper's Table XIV.
 *
 * @module
 */
import { counted } from "../../lib/core/counted.ts";
import { exists } from "../../lib/core/exists.ts";
import type { DetectorResult } from "../../lib/detection/training/detector_result.ts";
import { bySeed } from "../../lib/metrics/by_seed.ts";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import { AP_OF_DETECTORS, readDetectors } from "../../lib/notebooks/detectors.ts";
import { gainCell, meanCell } from "../../lib/notebooks/estimate_cells.ts";
import { signed } from "../../lib/plots/prose.ts";
import { readConfig } from "../../lib/runs/run_folder.ts";
import { readSettings } from "../../lib/settings/config_file.ts";
import { code, markdownTable } from "../markdown.ts";
import { type ApGain, type ComparedDetectors, comparedDetectors } from "./detection_gains.ts";
import { methodOf, type PaperAp, readDetectionPaper } from "./detection_paper.ts";
import { headingOf, type JudgedLine, remarkOn, verdictSections } from "./verdict_sections.ts";

/** Name of the experiment: its config file and the folder of its runs. */
const EXPERIMENT = "detection";

/** Columns of the tables, `box AP` to `mask APf`. */
const COLUMNS = Object.keys(AP_OF_DETECTORS);

/** Columns of the tables of gains: the same of boxes and masks. */
const GROUPS = [...new Set(COLUMNS.map((column) => column.split(" ")[1]))];

/**
 * Writes the page from the finished runs of the experiment.
 *
 * @param data Folder with `paper_detection.csv`, `experiments` and `results`.
 * @returns The page in Markdown.
 * @throws {DataError} If the paper's table cannot be read.
 * @throws {UsageError} If the config file is unusable, or runs of a recipe have other settings.
 */
export async function detectionPage(data: string): Promise<string> {
  const file = `${data}/experiments/${EXPERIMENT}.json`, folder = `${data}/results/${EXPERIMENT}`;
  const { recipe: recipes = [] } = await readSettings(file);
  const paper = await readDetectionPaper(`${data}/paper_detection.csv`);
  const results = await holdsRuns(folder) ? await readDetectors(folder, recipes) : [];
  const compared = comparedDetectors(recipes, results, paper);
  return [
    "# Detection on a long tail",
    "",
    "Table XIV of the paper trains Mask R-CNN on LVIS v1 with cross-entropy, EQL and Seesaw loss, with and without NBN.",
    "Here the same methods are trained on the built-in scenes: 400 generated images of 128×128 pixels with 12 classes,",
    "four frequent, five common, three rare (400 to 3 images), from scratch, with a ResNet-18 of a quarter of the channels;",
    "120 test images, 40 with each class. Another seed draws other scenes, too. `deno task results` writes this page.",
    "",
    "```sh",
    `deno task sweep --config ${file} --seeds 0,1,2 --resume --out ${folder}`,
    "deno task results",
    "```",
    "",
    await machines(folder, results),
    "",
    "Average precision in percent as LVIS defines it, of all (AP), rare (APr), common (APc) and frequent classes (APf):",
    "mean ± standard error over seeds.",
    "",
    ...markdownTable(
      ["recipe", "seeds", ...COLUMNS],
      recipes.map((recipe) => apRow(recipe, results)),
      "right",
    ),
    "",
    "The paper, on LVIS v1:",
    "",
    ...markdownTable(
      ["recipe", ...COLUMNS],
      [...paper].map(([method, ap]) => paperRow(method, ap)),
      "right",
    ),
    "",
    "Gains below are differences of runs with the same seed in points, with the 95 % interval of Student's t distribution;",
    "of a single seed there is none, and nothing is known. Those of the paper are differences of its rows.",
    "",
    "## What NBN changes",
    "",
    ...gainTable(compared.filter(({ addsNbn }) => addsNbn)),
    "",
    "## What the losses change",
    "",
    ...gainTable(compared.filter(({ addsNbn }) => !addsNbn)),
    "",
    "## Beside the paper",
    "",
    "Agrees: the interval lies on the paper's side of 0. Does not: it lies on the other side, or contains 0 and excludes",
    "the paper's gain. Not known: it contains both, or there is one seed.",
    "",
    ...summary(compared),
    ...verdictSections(compared.flatMap(statements)),
  ].join("\n").trimEnd() + "\n";
}

/** Whether a sweep has begun: collecting runs refuses a folder without any. */
async function holdsRuns(folder: string): Promise<boolean> {
  return await exists(folder) && [...Deno.readDirSync(folder)].some((entry) => entry.isDirectory);
}

/** Tells on which machines runs were trained, and for how long. */
async function machines(folder: string, results: readonly DetectorResult[]): Promise<string> {
  if (results.length === 0) return "Not run yet.";
  const names = new Set<string>();
  for (const { recipe, seed } of results) {
    const path = `${folder}/${recipe.replaceAll("/", "-")}-seed${seed}/config.json`;
    const config = await readConfig(path);
    names.add(config?.machine ?? config?.engine.device ?? "an unknown machine");
  }
  const times = results.map(({ stepMs }) => stepMs).sort((a, b) => a - b);
  const [least, most] = [times[0], times[times.length - 1]].map((ms) => ms.toFixed(0));
  return `${counted(results.length, "training")} of ${counted(results[0].iterations, "step")}, on ${
    [...names].join("; ")
  }, shared with other work: ${least} to ${most} ms a step (median of each).`;
}

function apRow(recipe: string, results: readonly DetectorResult[]): string[] {
  const own = results.filter((result) => result.recipe === recipe);
  return [
    code(recipe),
    own.map(({ seed }) => seed).join(" ") || "not run yet",
    ...COLUMNS.map((column) => {
      const values = [...bySeed(results, recipe, AP_OF_DETECTORS[column]).values()];
      return meanCell(values.length === 0 ? null : estimateMean(values));
    }),
  ];
}

function paperRow(method: string, ap: PaperAp): string[] {
  return [code(`lvis/${method}`), ...COLUMNS.map((column) => ap[column].toFixed(1))];
}

/** A table of gains with two lines for boxes and two for masks of each method: ours and the paper's. */
function gainTable(compared: readonly ComparedDetectors[]): string[] {
  if (compared.length === 0) return ["Not run yet."];
  const rows = compared.flatMap(({ recipe, baseline, gains }) =>
    ["box", "mask"].flatMap((kind) => {
      const own = GROUPS.map((group) => gains.find(({ column }) => column === `${kind} ${group}`));
      const known = own.find((gain) => gain !== undefined);
      if (!known) return [];
      const names = [code(methodOf(recipe)), code(methodOf(baseline)), kind];
      const told = own.map((gain) => gain?.paper === undefined ? "–" : signed(gain.paper).digits);
      return [
        [
          ...names,
          counted(known.here.count, "seed"),
          ...own.map((gain) => gainCell(gain?.here ?? null)),
        ],
        ["", "", "", "paper", ...told],
      ];
    })
  );
  return markdownTable(["gain of", "over", "of", "from", ...GROUPS], rows, "right");
}

/** Counts what the gains of the paper's rows say. */
function summary(compared: readonly ComparedDetectors[]): string[] {
  const told = compared.flatMap(({ gains }) => gains).filter(({ paper }) => paper !== undefined);
  if (told.length === 0) return [];
  const agree = headingOf("agrees"), unknown = headingOf("unknown");
  const count = (heading: string) =>
    told.filter(({ verdict }) => headingOf(verdict) === heading).length;
  const known = [count(agree), told.length - count(agree) - count(unknown), count(unknown)];
  return [
    `Of ${counted(told.length, "gain")} of the paper's Table XIV, ${known[0]} agree here, ${
      known[1]
    } do not, ` +
    `and ${known[2]} are not known.`,
    "",
  ];
}

/** A line for each verdict on a method's gains. */
function statements({ recipe, baseline, gains }: ComparedDetectors): JudgedLine[] {
  const names = `${code(methodOf(recipe))} over ${code(methodOf(baseline))}`;
  return [...Map.groupBy(gains, ({ verdict }) => headingOf(verdict)).values()].map((own) => ({
    verdict: own[0].verdict,
    line: `- ${names}: ${own.map(statement).join("; ")}.`,
  }));
}

function statement({ column, here, paper, verdict }: ApGain): string {
  const told = paper === undefined ? "" : `, paper ${signed(paper).digits}${remarkOn(verdict)}`;
  return `${column} ${gainCell(here)}${told}`;
}
