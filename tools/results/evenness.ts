/**
 * How even channels are, over seeds, beside Table XVI of the paper.
 *
 * @module
 */
import { meanCell } from "../../lib/notebooks/estimate_cells.ts";
import { type ChannelEvenness, channelEvenness } from "../../lib/analysis/channel_evenness.ts";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import type { Experiment } from "./experiments.ts";
import { code, markdownTable } from "../markdown.ts";
import type { PaperRow } from "./paper.ts";

/** A measure of evenness, with the paper's column that has it. */
export interface Quantity {
  /** Heading of its column. */
  readonly name: string;
  /** Its name in an analysis. */
  readonly key: keyof ChannelEvenness;
  readonly paper?: "varianceOfMeans" | "varianceOfDeviations";
}

/** What is measured of the features and of the last norm layer. */
export const QUANTITIES: readonly Quantity[] = [
  { name: "variance of means", key: "varianceOfMeans", paper: "varianceOfMeans" },
  { name: "variance of deviations", key: "varianceOfDeviations", paper: "varianceOfDeviations" },
  { name: "means, relative", key: "relativeMeans" },
  { name: "deviations, relative", key: "relativeDeviations" },
  { name: "‖γ‖", key: "weightLength" },
  { name: "‖β‖", key: "biasLength" },
  { name: "variance of γ", key: "weightVariance" },
  { name: "variance of β", key: "biasVariance" },
  { name: "rare / frequent", key: "rareOverFrequent" },
];

/**
 * Tabulates the evenness of channels of the analysed runs of an experiment.
 *
 * @param experiment The experiment.
 * @param paper The paper's tables.
 * @returns Lines of Markdown; none without an analysed run.
 */
export function evennessLines(
  { recipes, runs }: Experiment,
  paper: readonly PaperRow[],
): string[] {
  const rows = recipes.flatMap((recipe) => {
    const analyses = runs.filter((run) => run.recipe === recipe)
      .flatMap(({ analysis }) => analysis ? channelEvenness(analysis) : []);
    if (analyses.length === 0) return [];
    return [[
      code(recipe),
      `${analyses.length}`,
      ...QUANTITIES.map(({ key }) => {
        const values = analyses.map((evenness) => evenness[key])
          .filter((value) => value !== undefined);
        return meanCell(values.length === 0 ? null : estimateMean(values), 3);
      }),
    ]];
  });
  if (rows.length === 0) return [];
  const told = paper.filter(({ varianceOfMeans }) => varianceOfMeans !== null).map((row) => [
    `paper, ${row.table}: ${row.row}`,
    "–",
    ...QUANTITIES.map(({ paper }) => (paper && row[paper]?.toFixed(3)) ?? "–"),
  ]);
  return [
    "Variance over channels of the features' means and deviations (equations 5 and 6), and divided by the squared mean;",
    "γ and β of the last norm layer; mean strength of rare-specific channels over that of frequent-specific ones:",
    "",
    ...markdownTable(
      ["recipe", "seeds", ...QUANTITIES.map(({ name }) => name)],
      [...rows, ...told],
      "right",
    ),
    "",
  ];
}
