/**
 * Report that compares runs.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import type { AnalysisPart } from "../analysis/run/run_analysis.ts";
import { UsageError } from "../core/errors.ts";
import { normalName } from "../data/class_names.ts";
import { GROUP_NAMES, groupOf, groupRules, GROUPS } from "../data/groups.ts";
import { writeAtomically } from "../core/write_atomically.ts";
import { analysisOf } from "./analysis_of.ts";
import type { MissingPart, ReportContent, ReportRun } from "./content.ts";
import { findRuns, type FoundRun } from "./find_runs.ts";
import { paragraph, type Section } from "./html.ts";
import { groupRuns } from "./name_runs.ts";
import { page } from "./page.ts";
import { SECTIONS } from "./sections/register.ts";

/** Options of {@linkcode report}. */
export interface ReportOptions {
  /** Folder of the data, or `builtin`, for runs to be analysed; recorded in the run folders by default. */
  readonly folder?: string;
  /** Called after each computed part of an analysis. */
  readonly onPart?: (run: string, part: AnalysisPart) => void;
}

/** A report. */
export interface Report {
  /** The page, a self-contained HTML document. */
  readonly html: string;
  /** Parts that are missing from the report. */
  readonly missing: readonly MissingPart[];
  /**
   * Writes the page atomically.
   *
   * @param path Path of the file.
   * @returns The path.
   */
  save(path: string): Promise<string>;
}

/**
 * Compares runs on a single page that works offline and without scripts: accuracy of All, Head, Medium and Tail with
 * mean ± standard deviation over the seeds of a recipe, training curves, confusion, calibration, and the analyses of
 * the paper. Runs without an analysis are analysed if checkpoint and data are available; missing parts are listed with
 * the command that creates them.
 *
 * @param paths Run folders, or folders containing them.
 * @param options Data folder, callback.
 * @returns The report.
 * @throws {UsageError} If a folder is not a run, or the runs differ in their classes or group thresholds.
 * @throws {DataError} If a file of a run is damaged.
 * @throws {CheckpointError} If `save` cannot write.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { report } from "@nbn/toolkit/report";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce+nbn", iterations: 2, batch: 8, out: `${out}/run` });
 * const { html, save } = await report([`${out}/run`]);
 * assertStringIncludes(html, "builtin/ce+nbn");
 * await save(`${out}/report.html`);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function report(
  paths: readonly string[],
  { folder, onPart }: ReportOptions = {},
): Promise<Report> {
  const found = await findRuns(paths);
  const runs: ReportRun[] = [];
  const missing: MissingPart[] = [];
  for (const run of found) {
    const { analysis, missing: reason } = await analysisOf(run.path, {
      folder,
      onPart: (part) => onPart?.(run.path, part),
    });
    runs.push({ ...run, analysis });
    missing.push(...missingOf(run, reason));
  }
  const content = { ...contentOf(runs), missing };
  const sections: Section[] = [];
  for (const { id, title, elements } of SECTIONS) {
    sections.push({ id, title, content: await elements(content) });
  }
  const html = page(title(content), lead(content), sections);
  return {
    html,
    missing,
    async save(path) {
      await writeAtomically(path, html);
      return path;
    },
  };
}

function missingOf({ path, recipe, seed, summary, metrics }: FoundRun, reason?: string) {
  const training = `${PROGRAM} train --recipe ${recipe} --seed ${seed} --out ${path} --resume`;
  const missing: MissingPart[] = [];
  if (!summary) {
    missing.push({
      run: path,
      reason: "Its training is not finished, so there is no summary.json with its result.",
      command: training,
    });
  }
  if (!metrics) {
    missing.push({
      run: path,
      reason: "There is no metrics.csv, so it has no training curves.",
      command: training.replace(" --resume", ""),
    });
  }
  if (reason !== undefined) {
    missing.push({
      run: path,
      reason: `Analyses: ${reason}`,
      command: analysing(path, recipe),
    });
  }
  return missing;
}

function analysing(path: string, recipe: string): string {
  // The network of a custom run is not recorded, so the caller has to pass it.
  if (recipe === "custom") return `await analyseRun("${path}", { data, network }) // in a script`;
  const data = recipe.startsWith("builtin/") ? "builtin" : "FOLDER";
  return `${PROGRAM} analyse ${path} --data ${data}`;
}

function contentOf(runs: readonly ReportRun[]): Omit<ReportContent, "missing"> {
  const namesOf = ({ summary, analysis }: ReportRun) =>
    summary?.classNames ?? analysis?.accuracy?.classNames;
  const first = runs.find((run) => namesOf(run) !== undefined) ?? runs[0];
  const classNames = namesOf(first) ?? first.counts.map((_, label) => `class ${label}`);
  const same = (names: readonly string[]) =>
    `${names.map(normalName)}` === `${classNames.map(normalName)}`;
  const other = runs.find((run) => !same(namesOf(run) ?? classNames));
  if (other) {
    throw new UsageError(
      `Expected runs with the classes of ${first.path} (${classNames.slice(0, 3).join(", ")} …) ` +
        `but found ${other.path} with ${namesOf(other)!.slice(0, 3).join(", ")} …: ` +
        `write a report of each`,
    );
  }
  const { groupThresholds } = first;
  const deviating = runs.find((run) => `${run.groupThresholds}` !== `${groupThresholds}`);
  if (deviating) {
    throw new UsageError(
      `Expected runs with the groups of ${first.path} (${
        groupThresholds.join(" and ")
      }) but found ` +
        `${deviating.path} with ${deviating.groupThresholds.join(" and ")}: write a report of each`,
    );
  }
  const imbalance = (counts: readonly number[]) => Math.max(...counts) / Math.min(...counts);
  const counts = runs.map((run) => run.counts)
    .reduce((max, own) => imbalance(own) > imbalance(max) ? own : max);
  return { groups: groupRuns(runs), classNames, counts, groupThresholds };
}

function title({ groups }: ReportContent): string {
  if (groups.length === 1) return `Long-tailed recognition: ${groups[0].name}`;
  return `Long-tailed recognition: ${groups.length} recipes compared`;
}

function lead({ groups, classNames, counts, groupThresholds }: ReportContent): string[] {
  const runs = groups.reduce((sum, group) => sum + group.runs.length, 0);
  const rules = groupRules(groupThresholds);
  const sizes = GROUPS.map((group) => {
    const size = counts.filter((count) => groupOf(count, groupThresholds) === group).length;
    const name = GROUP_NAMES[group];
    return size === 0
      ? `no class is ${name} (${rules[group]})`
      : `${size} ${size === 1 ? "is" : "are"} ${name} (${rules[group]})`;
  });
  const several = groups.filter((group) => group.runs.length > 1);
  return [
    paragraph(
      `${runs} ${runs === 1 ? "run" : "runs"} over ${classNames.length} classes with ` +
        `${Math.max(...counts).toLocaleString("en")} to ${
          Math.min(...counts).toLocaleString("en")
        } training images: ${sizes.join(", ")}.` +
        (several.length > 0
          ? " Where a recipe was trained with several seeds, figures show its first run."
          : ""),
    ),
  ];
}
