/**
 * Report section on accuracy by class.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair } from "../html.ts";
import { resultOf } from "./results.ts";
import { byGroup, type ReportSection } from "./section.ts";

/** Accuracy of each class. */
export const classes: ReportSection = {
  id: "classes",
  title: "Accuracy of each class",
  async elements({ groups, counts, classNames, groupThresholds }) {
    const perClass = byGroup(groups, (run) => {
      const found = resultOf(run)?.perClass;
      return found?.length === counts.length ? found : undefined;
    });
    if (Object.keys(perClass).length === 0) return [];
    return [
      await figurePair((width) =>
        plots.accuracyByClass(perClass, { counts, classNames, groupThresholds, width })
      ),
    ];
  },
};
