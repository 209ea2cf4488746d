/**
 * Report section on confusion.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair } from "../html.ts";
import { resultOf } from "./results.ts";
import { eachGroup, type ReportSection } from "./section.ts";

/** Confusion matrix of each recipe. */
export const confusion: ReportSection = {
  id: "confusion",
  title: "Confusion matrix",
  elements: ({ groups, classNames, groupThresholds }) =>
    eachGroup(
      groups,
      "Orange to the left of the green diagonal: taken for a more frequent class.",
      async (run) => {
        const matrix = resultOf(run)?.confusion;
        if (!matrix || matrix.length === 0) return undefined;
        const options = { counts: run.counts, classNames, groupThresholds };
        return [await figurePair((width) => plots.confusion(matrix, { ...options, width }))];
      },
    ),
};
