/**
 * Sentences on gains, sorted by what they say about the paper.
 *
 * @module
 */
import type { Verdict } from "./verdict.ts";

/** Headings of the verdicts, with the words for their sentences. */
const VERDICTS: Readonly<Record<Verdict, { heading: string; remark: string }>> = {
  agrees: { heading: "What agrees with the paper", remark: "" },
  smaller: { heading: "What does not", remark: ": a gain of that size is excluded" },
  opposite: { heading: "What does not", remark: ": the opposite" },
  unknown: { heading: "What is not known", remark: "" },
  "not in the paper": { heading: "What the paper does not have", remark: "" },
};

/** A line of a list. */
export interface JudgedLine {
  /** What its gains say about the paper. */
  readonly verdict: Verdict;
  /** The line in Markdown. */
  readonly line: string;
}

/** What follows the paper's gain in a sentence. */
export function remarkOn(verdict: Verdict): string {
  return VERDICTS[verdict].remark;
}

/** Heading under which a verdict stands. */
export function headingOf(verdict: Verdict): string {
  return VERDICTS[verdict].heading;
}

/**
 * Sorts lines under headings.
 *
 * @param lines The lines.
 * @returns Lines of Markdown with a heading for each kind of statement, also for those without any.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sections = verdictSections([{ verdict: "opposite", line: "- NBN: −2.2" }]);
 * assertEquals(sections.slice(4, 7), ["### What does not", "", "- NBN: −2.2"]);
 * ```
 */
export function verdictSections(lines: readonly JudgedLine[]): string[] {
  const headings = [...new Set(Object.values(VERDICTS).map(({ heading }) => heading))];
  return headings.flatMap((heading) => {
    const own = lines.filter(({ verdict }) => headingOf(verdict) === heading);
    const texts = own.length > 0 ? own.map(({ line }) => line) : ["Nothing yet."];
    return [`### ${heading}`, "", ...texts, ""];
  });
}
