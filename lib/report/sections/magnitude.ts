/**
 * Report section on NBN's magnitude.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair } from "../html.ts";
import { eachGroup, type ReportSection } from "./section.ts";

/** The magnitude over the training (Figure 2). */
export const magnitude: ReportSection = {
  id: "magnitude",
  title: "NBN's magnitude (Figure 2)",
  elements: ({ groups }) =>
    eachGroup(
      groups,
      "The magnitude g over the training, and how often its gradient ĝ is below 0 (pattern A of equation 3): " +
        "then g grows and large components of the vector are held back.",
      async ({ analysis }) => {
        const history = analysis?.magnitude;
        return history && [await figurePair((width) => plots.magnitude(history, { width }))];
      },
    ),
};
