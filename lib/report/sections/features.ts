/**
 * Report section on the strength of the features.
 *
 * @module
 */
import { coefficientOfVariation } from "../../analysis/coefficient_of_variation.ts";
import { plots } from "../../plots/mod.ts";
import { figurePair, paragraph, table } from "../html.ts";
import { byGroup, type ReportSection } from "./section.ts";

/** Means and deviations of the channels (Figure 6, Table XVI). */
export const features: ReportSection = {
  id: "features",
  title: "Strength of the features (Figure 6, Table XVI)",
  async elements({ groups }) {
    const features = byGroup(groups, ({ analysis }) => analysis?.features);
    const names = Object.keys(features);
    if (names.length === 0) return [];
    const statistics = Object.fromEntries(names.map((name) => [name, features[name].statistics]));
    return [
      paragraph(
        "Mean and deviation of each channel of the pooled embedding over the test set, and their variances " +
          "over the channels (equations 5 and 6). Both grow with the square of the features' size; " +
          "divided by the squared mean they compare only shapes.",
      ),
      table(
        ["", "of the means", "of the deviations", "means, relative", "deviations, relative"],
        [
          ...names.map((name) => {
            const { variances: { ofMeans, ofDeviations }, statistics } = features[name];
            return [
              name,
              ofMeans.toFixed(3),
              ofDeviations.toFixed(3),
              (coefficientOfVariation(statistics.mean) ** 2).toFixed(3),
              (coefficientOfVariation(statistics.deviation) ** 2).toFixed(3),
            ];
          }),
          ["paper, ResNet-50 on ImageNet-LT, CE", "0.040", "0.152", "–", "–"],
          ["paper, the same with NBN", "0.028", "0.074", "–", "–"],
        ],
      ),
      await figurePair((width) => plots.featureHistograms(statistics, { width })),
    ];
  },
};
