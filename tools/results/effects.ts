/**
 * What NBN and LR gain, each alone and together, in every experiment: the question that the page answers.
 *
 * @module
 */
import { countedGainCell } from "../../lib/notebooks/estimate_cells.ts";
import type { Estimate } from "../../lib/metrics/paired_difference.ts";
import { signed } from "../../lib/plots/prose.ts";
import { code, markdownTable } from "../markdown.ts";
import type { ExperimentGains } from "./conclusions.ts";
import { type Accuracies, paperGain, type PaperRow, rowsOfRecipe } from "./paper.ts";
import { passesOf } from "./setting_rows.ts";

/** A comparison of two methods that differ in NBN, LR or both. */
interface Effect {
  readonly name: string;
  /** Tokens that both have. */
  readonly beside: readonly string[];
  /** Tokens whose gain it is. */
  readonly adds: readonly string[];
}

const EFFECTS: readonly Effect[] = [
  { name: "NBN", beside: [], adds: ["nbn"] },
  { name: "LR", beside: [], adds: ["lr"] },
  { name: "NBN and LR", beside: [], adds: ["nbn", "lr"] },
  { name: "NBN beside LR", beside: ["lr"], adds: ["nbn"] },
];

/** Groups of classes of the tables, the rarest being Tail, or Medium where no class has so few images. */
const TABLES: readonly {
  readonly title: string;
  of(gain: Readonly<Record<"all" | "medium" | "tail", Estimate | number | null>>): Cell;
}[] = [
  { title: "All images", of: ({ all }) => all },
  { title: "Images of the rarest group", of: ({ medium, tail }) => tail ?? medium },
];

type Cell = Estimate | number | null;

/**
 * Tabulates the gains of NBN and LR on each loss.
 *
 * @param found The gains of each experiment.
 * @param paper The paper's tables.
 * @returns Lines of Markdown; none if no experiment has trained such a pair.
 */
export function effectLines(
  found: readonly ExperimentGains[],
  paper: readonly PaperRow[],
): string[] {
  const rows = found.flatMap(rowsOf).sort((a, b) => a.passes.here - b.passes.here);
  if (rows.length === 0) return [];
  return [
    "## NBN and LR in short",
    "",
    "Gain over the loss alone, and of NBN over the loss with LR, with the number of seeds; the rarest group is Tail, or",
    "Medium where no class has so few images. Passes are those over the training images.",
    "",
    ...TABLES.flatMap(({ title, of }) => [
      `### ${title}`,
      "",
      ...markdownTable(
        ["loss", "experiment", "passes", ...EFFECTS.map(({ name }) => name)],
        [
          ...[
            ...rows.map((row) => ({ ...row, passes: row.passes.here })),
            ...paperRows(rows, paper),
          ].map(({ loss, experiment, passes, gains }) => [
            code(loss),
            experiment,
            `${passes}`,
            ...gains.map((gain) => gain ? cell(of(gain)) : "–"),
          ]),
        ],
        "right",
      ),
      "",
    ]),
  ];
}

function cell(value: Cell): string {
  return typeof value === "number" ? signed(value).digits : countedGainCell(value);
}

/** Returns a row for each loss of an experiment with at least one of the effects. */
function rowsOf({ experiment, gains }: ExperimentGains) {
  const { name, runs, imbalance } = experiment;
  return lossesOf(experiment.recipes).flatMap((loss) => {
    const own = EFFECTS.map(({ beside, adds }) =>
      gains.find(({ recipe, baseline }) =>
        recipe === withLayers(loss, [...beside, ...adds]) && baseline === withLayers(loss, beside)
      )
    );
    if (own.every((gain) => gain === undefined)) return [];
    return [{ loss, imbalance, experiment: name, passes: passesOf(runs[0]), gains: own }];
  });
}

/** Returns what the paper has of the same losses. */
function paperRows(rows: ReturnType<typeof rowsOf>, paper: readonly PaperRow[]) {
  const losses = new Map(rows.map((row) => [row.loss, row]));
  return [...losses].flatMap(([loss, { imbalance, passes }]) => {
    const told = (layers: readonly string[]) =>
      rowsOfRecipe(paper, withLayers(loss, layers), imbalance);
    const gains = EFFECTS.map(({ beside, adds }): Accuracies | undefined =>
      paperGain(told([...beside, ...adds]), told(beside))
    );
    if (gains.every((gain) => gain === undefined)) return [];
    return [{ loss, experiment: "paper", passes: passes.recipe, gains }];
  });
}

/** Returns the recipes without NBN and LR. */
function lossesOf(recipes: readonly string[]): string[] {
  return [...new Set(recipes.map((recipe) => recipe.replaceAll(/\+(nbn|lr)\b(?!-)/g, "")))];
}

/** Names the recipe of a loss with layers, NBN before LR. */
function withLayers(loss: string, layers: readonly string[]): string {
  return [loss, ...["nbn", "lr"].filter((layer) => layers.includes(layer))].join("+");
}
