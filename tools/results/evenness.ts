/**
 * How even channels are, over seeds, beside Table XVI of the paper.
 *
 * @module
 */
import { coefficientOfVariation } from "../../lib/analysis/coefficient_of_variation.ts";
import type { RunAnalysis } from "../../lib/analysis/run/run_analysis.ts";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import type { Experiment } from "./experiments.ts";
import { code, markdownTable } from "../markdown.ts";
import { meanCell } from "./cells.ts";
import type { PaperRow } from "./paper.ts";

/** A quantity of an analysis, with the paper's column that has it. */
export interface Quantity {
  readonly name: string;
  readonly paper?: "varianceOfMeans" | "varianceOfDeviations";
  /** Returns its value; `undefined` if the analysis lacks it. */
  of(analysis: RunAnalysis): number | undefined;
}

/** What is measured of the features and of the last norm layer. */
export const QUANTITIES: readonly Quantity[] = [
  {
    name: "variance of means",
    paper: "varianceOfMeans",
    of: ({ features }) => features?.variances.ofMeans,
  },
  {
    name: "variance of deviations",
    paper: "varianceOfDeviations",
    of: ({ features }) => features?.variances.ofDeviations,
  },
  {
    name: "means, relative",
    of: ({ features }) => features && coefficientOfVariation(features.statistics.mean) ** 2,
  },
  {
    name: "deviations, relative",
    of: ({ features }) => features && coefficientOfVariation(features.statistics.deviation) ** 2,
  },
  { name: "‖γ‖", of: (analysis) => lastNorm(analysis)?.weightLength },
  { name: "‖β‖", of: (analysis) => lastNorm(analysis)?.biasLength },
  { name: "variance of γ", of: (analysis) => lastNorm(analysis)?.weightVariance },
  { name: "variance of β", of: (analysis) => lastNorm(analysis)?.biasVariance },
  { name: "rare / frequent", of: rareOverFrequent },
];

/** Returns the last norm layer, which NBN replaces. */
function lastNorm({ weights }: RunAnalysis) {
  return weights?.norms?.findLast(({ path }) => path === weights.curve.path);
}

/** Returns the mean strength of rare-specific channels over that of frequent-specific ones. */
function rareOverFrequent({ features, masking }: RunAnalysis): number | undefined {
  if (!features || !masking) return undefined;
  const { rareSpecific, frequentSpecific } = masking.groups;
  if (rareSpecific.length === 0 || frequentSpecific.length === 0) return undefined;
  const strength = (channels: readonly number[]) =>
    channels.reduce((sum, channel) => sum + features.statistics.mean[channel], 0) / channels.length;
  return strength(rareSpecific) / strength(frequentSpecific);
}

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
      .flatMap(({ analysis }) => analysis ?? []);
    if (analyses.length === 0) return [];
    return [[
      code(recipe),
      `${analyses.length}`,
      ...QUANTITIES.map(({ of }) => {
        const values = analyses.map(of).filter((value) => value !== undefined);
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
