/**
 * Report section on attention.
 *
 * @module
 */
import { attentionFigure } from "../attention_figure.ts";
import { figurePair } from "../html.ts";
import { eachGroup, type ReportSection } from "./section.ts";

/** Attention on images of rare classes (Figures 1 and 4). */
export const attention: ReportSection = {
  id: "attention",
  title: "Attention maps (Figures 1 and 4)",
  elements: ({ groups }) =>
    eachGroup(
      groups,
      "Test images of the rarest classes: of each the first that is recognised and the first that is taken " +
        "for a frequent class (or else for any other). Attention over the channels that the classifier " +
        "uses only for the frequent class that scores highest, over those that it uses only for the " +
        "image's own class, and over all.",
      async ({ analysis }) => {
        const attention = analysis?.attention;
        if (!attention || attention.examples.length === 0) {
          return analysis?.record.missing.attention;
        }
        return [
          await figurePair((width) => attentionFigure(attention, { small: width !== undefined })),
        ];
      },
    ),
};
