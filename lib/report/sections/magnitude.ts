/**
 * Report section on NBN's magnitude.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair, paragraph } from "../html.ts";
import { eachGroup, type ReportSection } from "./section.ts";

/** The magnitude over the training (Figure 2). */
export const magnitude: ReportSection = {
  id: "magnitude",
  title: "NBN's magnitude (Figure 2)",
  async elements({ groups }) {
    const found = await eachGroup(groups, async ({ analysis }) => {
      const history = analysis?.magnitude;
      return history && [await figurePair((width) => plots.magnitude(history, { width }))];
    });
    if (found.length === 0) return [];
    return [
      paragraph(
        "The magnitude g over the training, and how often its gradient ĝ is below 0 (pattern A of equation 3): " +
          "then g grows and large components of the vector are held back.",
      ),
      ...found,
    ];
  },
};
