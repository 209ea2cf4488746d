/**
 * Report section on the course of the training.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair } from "../html.ts";
import { byGroup, type ReportSection } from "./section.ts";

/** Loss, accuracy and learning rate over the steps. */
export const training: ReportSection = {
  id: "training",
  title: "Training",
  async elements({ groups }) {
    const metrics = byGroup(groups, (run) => run.metrics);
    if (Object.keys(metrics).length === 0) return [];
    return [await figurePair((width) => plots.trainingCurves(metrics, { width }))];
  },
};
