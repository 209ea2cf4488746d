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
import type { Verdict } from "./verdict.ts";

/** Headings of the verdicts, with the words for their sentences. */
const VERDICTS: Readonly<Record<Verdict, { heading: string; remark: string }>> = {
  agrees: { heading: "What agrees with the paper", remark: "" },
  smaller: { heading: "What does not", remark: ": a gain of that size is excluded" },
  opposite: { heading: "What does not", remark: ": the opposite" },
  unknown: { heading: "What is not known", remark: "" },
  "not in the paper": { heading: "What the paper does not have", remark: "" },
};

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
  const sentences = found.flatMap(({ experiment, gains }) =>
    gains.map((gain) => ({
      heading: VERDICTS[gain.verdict].heading,
      line: sentence(experiment, gain),
    }))
  );
  const headings = [...new Set(Object.values(VERDICTS).map(({ heading }) => heading))];
  return headings.flatMap((heading) => {
    const own = sentences.filter((each) => each.heading === heading).map(({ line }) => line);
    return [`### ${heading}`, "", ...(own.length > 0 ? own : ["Nothing yet."]), ""];
  });
}

function sentence({ name }: Experiment, gain: Gain): string {
  const { recipe, baseline, all, paper } = gain;
  const told = paper && paper.all !== null
    ? `; the paper has ${signed(paper.all).digits} (${paper.table})`
    : "";
  return `- ${code(recipe)} over ${code(baseline)}: ${gainCell(all)}${told}` +
    `${VERDICTS[gain.verdict].remark} (${name}; ${counted(all.count, "seed")}).`;
}
