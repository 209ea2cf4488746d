/**
 * Report section on the classifier, its logits and its confidence.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair } from "../html.ts";
import { byGroup, type ReportSection } from "./section.ts";

/** Norms of the classifier's weights, logits of each class, calibration. */
export const classifier: ReportSection = {
  id: "classifier",
  title: "Classifier, logits, confidence",
  async elements({ groups, counts, classNames, groupThresholds }) {
    const bins = byGroup(groups, ({ analysis }) => analysis?.accuracy?.calibration);
    const logits = byGroup(groups, ({ analysis }) => analysis?.logits?.classes);
    const norms = byGroup(groups, ({ analysis }) => analysis?.weights?.classNorms);
    const options = { counts, classNames };
    const figures = [
      [norms, (width?: number) => plots.weightNorms(norms, { ...options, groupThresholds, width })],
      [logits, (width?: number) => plots.logitStatistics(logits, { ...options, width })],
      [bins, (width?: number) => plots.calibration(bins, { width })],
    ] as const;
    const shown = figures.filter(([values]) => Object.keys(values).length > 0);
    return await Promise.all(shown.map(([, draw]) => figurePair(draw)));
  },
};
