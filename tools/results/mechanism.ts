/**
 * The paper's explanation, tested: does NBN even out the channels, and are networks with more even channels better at
 * rare classes?
 *
 * @module
 */
import { channelEvenness } from "../../lib/analysis/channel_evenness.ts";
import { type Estimate, pairedDifference } from "../../lib/metrics/paired_difference.ts";
import { fixed, signed } from "../../lib/plots/prose.ts";
import { code, markdownTable } from "../markdown.ts";
import { QUANTITIES, type Quantity } from "./evenness.ts";
import type { Experiment, FinishedRun } from "./experiments.ts";
import { baselinesOf } from "./gains.ts";
import { rankCorrelation } from "./rank_correlation.ts";

/** Fewest runs over which a correlation is shown. */
const FEWEST = 8;

/**
 * Tabulates, for each quantity of evenness, what methods change in it over their baselines with the same seed, relative
 * to the baseline, and its rank correlation over runs with the accuracy of the rarest group.
 *
 * @param experiment The experiment.
 * @returns Lines of Markdown; none without an analysed pair.
 */
export function mechanismLines({ recipes, runs }: Experiment): string[] {
  const pairs = recipes.flatMap((recipe) =>
    baselinesOf(recipe).slice(0, 1).map((baseline) => ({ recipe, baseline }))
  );
  const rows = pairs.flatMap(({ recipe, baseline }) => {
    const changes = QUANTITIES.map((quantity) =>
      pairedDifference(logBySeed(runs, recipe, quantity), logBySeed(runs, baseline, quantity))
    );
    return changes.every((change) => change === null) ? [] : [[
      code(recipe),
      code(baseline),
      ...changes.map((change) => change === null ? "–" : factorCell(change)),
    ]];
  });
  if (rows.length === 0) return [];
  const correlations = QUANTITIES.map((quantity) => rankCorrelationWithRare(runs, quantity));
  const isShown = correlations.some((value) => value !== undefined);
  return [
    "Each quantity over that of the baseline with the same seed: geometric mean of the ratios, with the 95 % interval." +
    (isShown
      ? " Last, its rank correlation over all analysed runs with the accuracy of the rarest group."
      : ""),
    "",
    ...markdownTable(
      ["recipe", "over", ...QUANTITIES.map(({ name }) => name)],
      [
        ...rows,
        ...(isShown ? [["rank correlation", "–", ...correlations.map(correlationCell)]] : []),
      ],
      "right",
    ),
    "",
  ];
}

function correlationCell(value: number | undefined): string {
  return value === undefined ? "–" : signed(value, 2).digits;
}

/** Formats a difference of logarithms as a factor. */
function factorCell({ mean, interval }: Estimate): string {
  const factor = (value: number) => fixed(Math.exp(value), 2).digits;
  return `× ${factor(mean)}` + (interval ? ` [${interval.map(factor).join(", ")}]` : "");
}

function logBySeed(
  runs: readonly FinishedRun[],
  recipe: string,
  { key }: Quantity,
): Map<number, number> {
  return new Map(runs.flatMap((run) => {
    const value = run.recipe === recipe && run.analysis && channelEvenness(run.analysis)[key];
    return value ? [[run.seed, Math.log(value)] as const] : [];
  }));
}

/** Computes Spearman's correlation of a quantity with the accuracy of the rarest group. */
function rankCorrelationWithRare(
  runs: readonly FinishedRun[],
  { key }: Quantity,
): number | undefined {
  const points = runs.flatMap(({ analysis, summary }) => {
    const value = analysis && channelEvenness(analysis)[key], rare = summary.tail ?? summary.medium;
    return value === undefined || rare === null ? [] : [[value, rare] as const];
  });
  if (points.length < FEWEST) return undefined;
  return rankCorrelation(points);
}
