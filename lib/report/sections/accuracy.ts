/**
 * Report section on accuracy by group.
 *
 * @module
 */
import { type MeanAndDeviation, meanAndDeviation } from "../../metrics/mean_and_deviation.ts";
import { plots } from "../../plots/mod.ts";
import { figurePair, paragraph, table } from "../html.ts";
import { resultOf, type RunResult } from "./results.ts";
import type { ReportSection } from "./section.ts";

const GROUPS = ["all", "mean", "head", "medium", "tail"] as const;

/** Accuracy by group, with mean and deviation over seeds. */
export const accuracy: ReportSection = {
  id: "accuracy",
  title: "Accuracy",
  async elements({ groups }) {
    const rows = groups.map(({ name, runs }) => {
      const results = runs.flatMap((run) => resultOf(run) ?? []);
      const over = Object.fromEntries(
        GROUPS.map((group) => [group, meanAndDeviation(results.map((result) => result[group]))]),
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
    return [
      paragraph(
        "Percent on the test set: All is the accuracy over images" +
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
    ];
  },
};

/** Checks whether all classes have the same number of test images. */
function isBalanced({ confusion }: RunResult): boolean {
  const images = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return images.every((count) => count === images[0]);
}

function cell(value: MeanAndDeviation | null, seeds: number): string {
  if (value === null) return "–";
  const mean = value.mean.toFixed(1);
  return seeds > 1 ? `${mean} ± ${value.deviation.toFixed(1)}` : mean;
}
