/**
 * Report section on the weights of the last batch norm.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair, paragraph } from "../html.ts";
import { byGroup, type ReportSection } from "./section.ts";

/** Sorted weights of the last batch norm (Figure 5). */
export const weights: ReportSection = {
  id: "weights",
  title: "Weights of the last batch norm (Figure 5)",
  async elements({ groups }) {
    const curves = byGroup(groups, ({ analysis }) => analysis?.weights?.curve);
    if (Object.keys(curves).length === 0) return [];
    const relative = "The same, each divided by its mean size";
    return [
      paragraph(
        "The scales γ of the last batch norm, the largest first. A steep curve means that few channels " +
          "dominate. NBN's weights g·v/‖v‖ have another size than batch norm's, so the second figure " +
          "compares only shapes.",
      ),
      await figurePair((width) => plots.weightCurves(curves, { width })),
      await figurePair((width) =>
        plots.weightCurves(curves, { width, relative: true, title: relative })
      ),
    ];
  },
};
