/**
 * A few figures of trained runs, for a README.
 *
 * @module
 */
import { readAnalysis } from "../analysis/run/files.ts";
import { UsageError } from "../core/errors.ts";
import type { Figure } from "../plots/figure.ts";
import { plots } from "../plots/mod.ts";
import { byGroup } from "./accuracy_sections.ts";
import { attentionFigure } from "./attention_figure.ts";
import { findRuns } from "./find_runs.ts";
import { groupRuns } from "./name_runs.ts";
import type { ReportRun } from "./content.ts";

/** Narrow enough for two beside each other. */
const WIDTH = 440;

/**
 * Draws the most telling figures of some runs, each small: confusion, channels, masking and attention of a run
 * of plain cross-entropy, or else of the first; the sorted weights of it, of the same on other counts and of what adds
 * to it on the same; and the magnitude of the first with NBN on those counts.
 *
 * @param paths Run folders with analyses, or folders that hold some.
 * @returns The figures; names of files follow from theirs.
 * @throws {UsageError} If no run has an analysis with rare classes.
 */
export async function gallery(paths: readonly string[]): Promise<Figure[]> {
  const runs: ReportRun[] = [];
  for (const run of await findRuns(paths)) {
    runs.push({ ...run, analysis: await readAnalysis(run.path) });
  }
  const telling = runs.filter(({ analysis }) => analysis?.masking && analysis.attention);
  // What the paper masks is plain training.
  const first = telling.find(({ recipe }) => recipe.endsWith("/ce")) ?? telling[0];
  const { accuracy, masking, attention } = first?.analysis ?? {};
  if (!first || !accuracy || !masking || !attention) {
    throw new UsageError(
      `Expected a run with an analysis of rare classes in ${paths.join(", ")} but found none: ` +
        `deno task analyse makes one`,
    );
  }
  const { confusion, counts, classNames, groups: borders } = accuracy;
  const { drops, groups, rows } = masking;
  const { note } = drops.classes;
  const same = runs.filter(({ settings }) => settings.imbalance === first.settings.imbalance);
  const related = runs.filter((run) =>
    run.recipe === first.recipe ||
    same.includes(run) && run.recipe.startsWith(`${first.recipe}+`)
  );
  const curves = byGroup(groupRuns(related), ({ analysis }) => analysis?.weights?.curve);
  const trained = same.flatMap(({ analysis }) => analysis?.magnitude ?? []);
  return [
    await plots.confusion(confusion, { counts, classNames, borders, width: WIDTH }),
    await plots.channelDrops(drops, groups, { width: WIDTH, height: 330 }),
    await plots.masking(rows, { note, width: WIDTH }),
    await plots.weightCurves(curves, { width: WIDTH, height: 230, relative: true }),
    await attentionFigure(attention),
    ...await Promise.all(trained.slice(0, 1).map((history) => plots.magnitude(history))),
  ];
}
