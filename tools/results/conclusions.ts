/**
 * Sentences on what the results show, computed from their intervals.
 *
 * @module
 */
import { gainCell } from "../../lib/notebooks/estimate_cells.ts";
import { counted } from "../../lib/core/counted.ts";
import { signed } from "../../lib/plots/prose.ts";
import type { Experiment } from "./experiments.ts";
import type { Gain } from "./gains.ts";
import { code } from "../markdown.ts";
import { remarkOn, verdictSections } from "./verdict_sections.ts";

/** The gains of an experiment. */
export interface ExperimentGains {
  /** The experiment. */
  readonly experiment: Experiment;
  /** Its gains. */
  readonly gains: readonly Gain[];
}

/**
 * Sorts gains by what they say about the paper.
 *
 * @param found The gains of each experiment.
 * @returns Lines of Markdown with a heading for each kind of statement, also for those without any.
 */
export function conclusions(found: readonly ExperimentGains[]): string[] {
  return verdictSections(
    found.flatMap(({ experiment, gains }) =>
      gains.map((gain) => ({ verdict: gain.verdict, line: sentence(experiment, gain) }))
    ),
  );
}

function sentence({ name }: Experiment, gain: Gain): string {
  const { recipe, baseline, all, paper } = gain;
  const told = paper && paper.all !== null
    ? `; the paper has ${signed(paper.all).digits} (${paper.table})`
    : "";
  return `- ${code(recipe)} over ${code(baseline)}: ${gainCell(all)}${told}` +
    `${remarkOn(gain.verdict)} (${name}; ${counted(all.count, "seed")}).`;
}
