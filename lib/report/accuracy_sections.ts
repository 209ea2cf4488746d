/**
 * Report sections on accuracy.
 *
 * @module
 */
import { escaped } from "../plots/draw.ts";
import { plots } from "../plots/mod.ts";
import type { GroupAccuracy } from "../metrics/group_accuracy.ts";
import { meanAccuracy } from "../metrics/per_class_accuracy.ts";
import type { Summary } from "../runs/result.ts";
import { type MeanAndDeviation, spread } from "../metrics/mean_and_deviation.ts";
import { figurePair, paragraph, type Section, table } from "./html.ts";
import type { RunGroup } from "./name_runs.ts";
import type { ReportContent, ReportRun } from "./content.ts";

const GROUPS = ["all", "mean", "head", "medium", "tail"] as const;

/**
 * Creates the sections on accuracy by group, training curves, accuracy by class and confusion.
 *
 * @param content Content of the report.
 * @returns The sections.
 */
export async function accuracySections(content: ReportContent): Promise<Section[]> {
  return [
    await accuracySection(content),
    await curvesSection(content),
    await classesSection(content),
    await confusionSection(content),
  ];
}

/** Accuracies of a run. */
type Result =
  & Pick<Summary, "perClass" | "confusion">
  & Readonly<Record<keyof GroupAccuracy, number | null>>;

/** Returns the accuracies of a run from its training summary, or else from its analysis. */
function resultOf({ summary, analysis }: ReportRun): Result | undefined {
  const result = summary ?? analysis?.accuracy;
  // Recomputed, since results of earlier versions have no mean.
  return result && { ...result, mean: meanAccuracy(result.perClass) };
}

/** Checks whether all classes have the same number of test images. */
function isBalanced({ confusion }: Result): boolean {
  const images = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return images.every((count) => count === images[0]);
}

/** Picks a value from the first run of each group, keyed by group name; groups without one are omitted. */
export function byGroup<Value>(
  groups: readonly RunGroup<ReportRun>[],
  pick: (run: ReportRun) => Value | undefined,
): Record<string, Value> {
  return Object.fromEntries(groups.flatMap(({ name, runs }) => {
    const found = pick(runs[0]);
    return found === undefined ? [] : [[name, found]];
  }));
}

async function accuracySection({ groups }: ReportContent): Promise<Section> {
  const rows = groups.map(({ name, runs }) => {
    const results = runs.flatMap((run) => resultOf(run) ?? []);
    const over = Object.fromEntries(
      GROUPS.map((group) => [group, spread(results.map((result) => result[group]))]),
    ) as Record<typeof GROUPS[number], MeanAndDeviation | null>;
    return { name, seeds: results.length, over };
  });
  const balanced = groups.flatMap(({ runs }) => runs.flatMap((run) => resultOf(run) ?? []))
    .every(isBalanced);
  const shown = GROUPS.filter((group) => group !== "mean" || !balanced);
  const drawn = Object.fromEntries(
    rows.filter(({ over }) => over.all !== null).map(({ name, over }) => [name, over]),
  );
  const several = rows.some(({ seeds }) => seeds > 1);
  return {
    id: "accuracy",
    title: "Accuracy",
    content: [
      paragraph(
        "Percent on the test set: All is the share of its images" +
          (balanced ? "" : ", Mean the mean over all classes that have some") +
          ", Head, Medium and Tail are means over their classes" +
          (several ? "; with the mean ± the standard deviation over seeds." : "."),
      ),
      table(
        ["Recipe", "Seeds", ...shown.map((group) => group[0].toUpperCase() + group.slice(1))],
        rows.map(({ name, seeds, over }) => [
          name,
          String(seeds),
          ...shown.map((group) => cell(over[group], seeds)),
        ]),
      ),
      ...Object.keys(drawn).length > 0
        ? [await figurePair((width) => plots.accuracyByGroup(drawn, { width }))]
        : [],
    ],
  };
}

function cell(value: MeanAndDeviation | null, seeds: number): string {
  if (value === null) return "–";
  const mean = value.mean.toFixed(1);
  return seeds > 1 ? `${mean} ± ${value.deviation.toFixed(1)}` : mean;
}

async function curvesSection({ groups }: ReportContent): Promise<Section> {
  const metrics = byGroup(groups, (run) => run.metrics);
  return {
    id: "training",
    title: "Training",
    content: Object.keys(metrics).length === 0
      ? []
      : [await figurePair((width) => plots.trainingCurves(metrics, { width }))],
  };
}

async function classesSection(
  { groups, counts, classNames, borders }: ReportContent,
): Promise<Section> {
  const perClass = byGroup(groups, (run) => {
    const found = resultOf(run)?.perClass;
    return found?.length === counts.length ? found : undefined;
  });
  return {
    id: "classes",
    title: "Accuracy of each class",
    content: Object.keys(perClass).length === 0 ? [] : [
      await figurePair((width) =>
        plots.accuracyByClass(perClass, { counts, classNames, borders, width })
      ),
    ],
  };
}

async function confusionSection({ groups, classNames, borders }: ReportContent): Promise<Section> {
  const content: string[] = [];
  for (const { name, runs: [run] } of groups) {
    const matrix = resultOf(run)?.confusion;
    if (!matrix || matrix.length === 0) continue;
    const { counts } = run;
    content.push(
      `<h3>${escaped(name)}</h3>`,
      await figurePair((width) => plots.confusion(matrix, { counts, classNames, borders, width })),
    );
  }
  return {
    id: "confusion",
    title: "Confusion matrix",
    content: content.length === 0 ? [] : [
      paragraph("Orange to the left of the green diagonal: taken for a more frequent class."),
      ...content,
    ],
  };
}
