/**
 * The page of detection: average precision of our runs beside the paper's Table XIV.
 *
 * @module
 */
import { bySeed } from "../../lib/metrics/by_seed.ts";
import { gainCell, meanCell } from "../../lib/notebooks/estimate_cells.ts";
import { DataError } from "../../lib/core/errors.ts";
import { exists } from "../../lib/core/exists.ts";
import { csv } from "../../lib/deps/csv.ts";
import type { DetectorResult } from "../../lib/detection/training/detector_result.ts";
import { collectJobs } from "../../lib/train/collect_jobs.ts";
import { isDetectionRecipe } from "../../lib/detection/recipes/detection_recipe.ts";
import { AP_COLUMNS, AP_NAMES, type ApColumn } from "../../lib/detection/training/score_columns.ts";
import {
  type Estimate,
  estimateMean,
  pairedDifference,
} from "../../lib/metrics/paired_difference.ts";
import { readConfig } from "../../lib/runs/run_folder.ts";
import { readSettings } from "../../lib/settings/config_file.ts";
import { code, markdownTable } from "../markdown.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Name of the experiment: its config file and the folder of its runs. */
const EXPERIMENT = "detection";

const KINDS = { boxes: "box", masks: "mask" } as const;

/** A number of a run. */
interface Quantity {
  /** Boxes or masks. */
  readonly kind: keyof typeof KINDS;
  /** Classes. */
  readonly name: ApColumn;
}

/** The columns of every table. */
const QUANTITIES: readonly Quantity[] = (["boxes", "masks"] as const).flatMap((kind) =>
  AP_NAMES.map((name) => ({ kind, name }))
);

/** Columns whose differences are compared. */
const COMPARED: readonly ApColumn[] = ["ap", "apRare"];

const HEADS = QUANTITIES.map(({ kind, name }) => `${KINDS[kind]} ${AP_COLUMNS[name]}`);

/** Words for what an interval says. */
const WORDS: Readonly<Record<Verdict, string>> = {
  "agrees": "as in the paper",
  "smaller": "smaller than in the paper",
  "opposite": "opposite to the paper",
  "unknown": "not known",
  "not in the paper": "the paper has none",
};

/** Average precision of the paper in percent, in the order of the columns, by the method without its data set. */
type Paper = ReadonlyMap<string, readonly number[]>;

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
  const paper = await readPaper(`${data}/paper_detection.csv`);
  const results = await finished(folder, recipes);
  const gains = gainRows(recipes, results, paper);
  return [
    "# Detection on a long tail",
    "",
    "Table XIV of the paper trains Mask R-CNN on LVIS v1 with cross-entropy, EQL and Seesaw loss, with and without NBN.",
    "Here the same six methods are trained on the built-in scenes: 400 generated images of 128×128 pixels with 12 classes,",
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
      ["recipe", "seeds", ...HEADS],
      recipes.map((recipe) => [
        code(recipe),
        seedsOf(results, recipe).join(" ") || "not run yet",
        ...QUANTITIES.map((quantity) => meanCell(meanOf(results, recipe, quantity))),
      ]),
      "right",
    ),
    "",
    "The paper, on LVIS v1:",
    "",
    ...markdownTable(
      ["recipe", ...HEADS],
      [...paper].map(([method, numbers]) => [
        code(`lvis/${method}`),
        ...numbers.map((number) => number.toFixed(1)),
      ]),
      "right",
    ),
    "",
    "## What agrees with the paper",
    "",
    "Differences of runs with the same seed in points, with the 95 % interval of Student's t distribution; of a single",
    "seed there is none, and nothing is known. The paper's difference is that of its rows.",
    "",
    ...(gains.length === 0 ? ["Not run yet."] : markdownTable(
      ["gain of", "over", "seeds", "of", "here", "paper", ""],
      gains,
      "right",
    )),
  ].join("\n").trimEnd() + "\n";
}

async function readPaper(path: string): Promise<Paper> {
  const { parse } = await csv();
  try {
    const rows = parse(await Deno.readTextFile(path), { skipFirstRow: true });
    return new Map(rows.map(({ table: _, recipe, ...numbers }) => {
      const values = Object.values(numbers).map(Number);
      if (
        recipe === undefined || values.length !== QUANTITIES.length || values.some(Number.isNaN)
      ) {
        throw new TypeError(`a row of ${recipe} with other columns`);
      }
      return [recipe.slice(recipe.indexOf("/") + 1), values];
    }));
  } catch (cause) {
    throw new DataError(
      `Expected the paper's Table XIV at ${path} but could not read it: ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
}

/** The finished runs in a folder, if any. */
async function finished(folder: string, recipes: readonly string[]): Promise<DetectorResult[]> {
  if (!await exists(folder)) return [];
  const holdsRuns = [...Deno.readDirSync(folder)].some(({ isDirectory }) => isDirectory);
  if (!holdsRuns) return [];
  const { results } = await collectJobs({
    out: folder,
    recipes,
    resultOf(summary) {
      const result = summary as DetectorResult;
      return isDetectionRecipe(result.recipe) ? result : undefined;
    },
  });
  return [...results];
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
  return `${results.length} trainings of ${results[0].iterations} steps, on ${
    [...names].join("; ")
  }, shared with other work: ` + `${least} to ${most} ms a step (median of each).`;
}

function valueOf({ scores }: DetectorResult, { kind, name }: Quantity): number | null {
  const value = scores?.[kind][name] ?? null;
  return value === null ? null : 100 * value;
}

function seedsOf(results: readonly DetectorResult[], recipe: string): number[] {
  return results.filter((result) => result.recipe === recipe).map(({ seed }) => seed);
}

function meanOf(
  results: readonly DetectorResult[],
  recipe: string,
  quantity: Quantity,
): Estimate | null {
  const values = [...bySeed(results, recipe, (result) => valueOf(result, quantity)).values()];
  return values.length === 0 ? null : estimateMean(values);
}

/** Compares every method with cross-entropy, and every one with NBN with that without. */
function gainRows(
  recipes: readonly string[],
  results: readonly DetectorResult[],
  paper: Paper,
): string[][] {
  const pairs = recipes.flatMap((recipe) => {
    const plain = recipe.replace(/\+nbn$/, "");
    const baseline = plain === recipe ? recipe.replace(/[^+]+$/, "ce") : plain;
    return baseline === recipe ? [] : [[recipe, baseline] as const];
  });
  return pairs.flatMap(([recipe, baseline]) =>
    QUANTITIES.flatMap((quantity, column) => {
      if (!COMPARED.includes(quantity.name)) return [];
      const [ours, theirs] = [recipe, baseline].map((name) =>
        bySeed(results, name, (result) => valueOf(result, quantity))
      );
      const gain = pairedDifference(ours, theirs);
      if (!gain) return [];
      const [a, b] = [recipe, baseline].map((name) =>
        paper.get(name.slice(name.indexOf("/") + 1))?.[column]
      );
      const told = a === undefined || b === undefined ? undefined : a - b;
      return [[
        code(recipe),
        code(baseline),
        `${gain.count}`,
        HEADS[column],
        gainCell(gain),
        told === undefined ? "–" : `${told < 0 ? "−" : "+"}${Math.abs(told).toFixed(1)}`,
        WORDS[verdict(gain, told)],
      ]];
    })
  );
}
