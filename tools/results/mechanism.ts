/**
 * The paper's explanation, tested: does NBN even out the channels, and are networks with more even channels better at
 * rare classes?
 *
 * @module
 */
import { channelEvenness } from "../../lib/analysis/channel_evenness.ts";
import { seedRatioRows } from "../../lib/notebooks/experiment.ts";
import { signed } from "../../lib/plots/prose.ts";
import { code, markdownTable } from "../markdown.ts";
import { QUANTITIES, type Quantity } from "./evenness.ts";
import type { Experiment, FinishedRun } from "./experiments.ts";
import { baselinesOf } from "./gains.ts";
import { rankCorrelation } from "./rank_correlation.ts";

/** Fewest runs over which a correlation is shown. */
const FEWEST = 8;

const COLUMNS = Object.fromEntries(
  QUANTITIES.map(({ name, key }) => [
    name,
    ({ analysis }: Pick<FinishedRun, "analysis">) => analysis && channelEvenness(analysis)[key],
  ]),
);

/**
 * Tabulates, for each quantity of evenness, what methods change in it over their baselines with the same seed, relative
 * to the baseline, and its rank correlation over runs with the accuracy of the rarest group.
 *
 * @param experiment The experiment.
 * @returns Lines of Markdown; none without an analysed pair.
 */
export function mechanismLines({ recipes, runs }: Experiment): string[] {
  const pairs = Object.fromEntries(recipes.flatMap((recipe) => {
    const [baseline] = baselinesOf(recipe);
    return baseline ? [[`${code(recipe)} over ${code(baseline)}`, { recipe, baseline }]] : [];
  }));
  const rows = seedRatioRows(runs, pairs, COLUMNS);
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
      Object.keys(rows[0]),
      [
        ...rows.map((row) => Object.values(row).map(String)),
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

/** Computes Spearman's correlation of a quantity with the accuracy of the rarest group. */
function rankCorrelationWithRare(
  runs: readonly FinishedRun[],
  { name }: Quantity,
): number | undefined {
  const points = runs.flatMap((run) => {
    const value = COLUMNS[name](run), rare = run.summary.tail ?? run.summary.medium;
    return value === undefined || rare === null ? [] : [[value, rare] as const];
  });
  return points.length < FEWEST ? undefined : rankCorrelation(points);
}
