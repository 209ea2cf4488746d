/**
 * Selected figures of trained runs, for a README.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { readAnalysis } from "../analysis/run/files.ts";
import { UsageError } from "../core/errors.ts";
import type { Figure } from "../plots/figure.ts";
import { plots } from "../plots/mod.ts";
import { attentionFigure } from "./attention_figure.ts";
import { findRuns } from "./find_runs.ts";
import { groupRuns } from "./name_runs.ts";
import type { ReportRun } from "./content.ts";
import { byGroup } from "./sections/section.ts";

/** Width in CSS pixels at which two figures fit side by side. */
const WIDTH = 440;

/**
 * Draws the most informative figures of some runs at a small size: confusion, channel drops, masking and attention of a
 * plain cross-entropy run, or else of the first run; the sorted weights of that run, of its recipe at other imbalances,
 * and of methods that extend it at the same imbalance; and the magnitude of the first NBN run at that imbalance.
 *
 * @param paths Run folders with analyses, or folders containing them.
 * @returns The figures; file names follow from their names.
 * @throws {UsageError} If no run has an analysis of rare classes.
 */
export async function gallery(paths: readonly string[]): Promise<Figure[]> {
  const runs: ReportRun[] = [];
  for (const run of await findRuns(paths)) {
    runs.push({ ...run, analysis: await readAnalysis(run.path) });
  }
  const complete = runs.filter(({ analysis }) => analysis?.masking && analysis.attention);
  // The paper masks channels of a network trained with plain cross-entropy.
  const first = complete.find(({ recipe }) => recipe.endsWith("/ce")) ?? complete[0];
  const { accuracy, masking, attention } = first?.analysis ?? {};
  if (!first || !accuracy || !masking || !attention) {
    throw new UsageError(
      `Expected a run with an analysis of rare classes in ${paths.join(", ")} but found none: ` +
        `run ${PROGRAM} analyse`,
    );
  }
  const { confusion, counts, classNames, groups: groupThresholds } = accuracy;
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
    await plots.confusion(confusion, { counts, classNames, groupThresholds, width: WIDTH }),
    await plots.channelDrops(drops, groups, { width: WIDTH, height: 330 }),
    await plots.masking(rows, { note, width: WIDTH }),
    await plots.weightCurves(curves, { width: WIDTH, height: 230, relative: true }),
    await attentionFigure(attention),
    ...await Promise.all(trained.slice(0, 1).map((history) => plots.magnitude(history))),
  ];
}
