/**
 * Sections of a report.
 *
 * @module
 */
import { escaped } from "../../plots/draw.ts";
import type { ReportContent, ReportRun } from "../content.ts";
import { muted, paragraph } from "../html.ts";
import type { RunGroup } from "../name_runs.ts";

/** A section of a report. */
export interface ReportSection {
  /** Identifier for links. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /**
   * Creates the HTML elements below the heading.
   *
   * @param content Content of the report.
   * @returns The elements; without any, the section is omitted.
   */
  elements(content: ReportContent): readonly string[] | Promise<readonly string[]>;
}

/**
 * Picks a value from the first run of each group.
 *
 * @param groups Groups of runs.
 * @param pick Returns the value of a run, or `undefined` if it has none.
 * @returns Values by the name of the group; groups without one are omitted.
 */
export function byGroup<Value>(
  groups: readonly RunGroup<ReportRun>[],
  pick: (run: ReportRun) => Value | undefined,
): Record<string, Value> {
  return Object.fromEntries(groups.flatMap(({ name, runs }) => {
    const found = pick(runs[0]);
    return found === undefined ? [] : [[name, found]];
  }));
}

/**
 * Creates the elements of each group, under a heading with its name.
 *
 * @param groups Groups of runs.
 * @param lead Paragraph before them.
 * @param elements Creates the elements of the first run of a group; a text is the reason why there are none.
 * @returns All elements after the paragraph; without any, none.
 */
export async function eachGroup(
  groups: readonly RunGroup<ReportRun>[],
  lead: string,
  elements: (run: ReportRun) => Promise<readonly string[] | string | undefined>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, runs: [run] } of groups) {
    const own = await elements(run);
    if (own === undefined) continue;
    if (typeof own === "string") {
      found.push(muted(`Not for ${name}. ${own}`));
    } else found.push(`<h3>${escaped(name)}</h3>`, ...own);
  }
  return found.length === 0 ? [] : [paragraph(lead), ...found];
}
