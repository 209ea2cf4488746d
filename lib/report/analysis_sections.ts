/**
 * Report sections on the analyses.
 *
 * @module
 */
import { coefficientOfVariation } from "../analysis/coefficient_of_variation.ts";
import { escaped } from "../plots/draw.ts";
import { plots } from "../plots/mod.ts";
import { byGroup } from "./accuracy_sections.ts";
import { attentionFigure } from "./attention_figure.ts";
import { figurePair, paragraph, type Section, table } from "./html.ts";
import type { RunGroup } from "./name_runs.ts";
import type { ReportContent, ReportRun } from "./content.ts";

/**
 * Creates the sections on the paper's figures and tables, each with the runs that have the required analysis.
 *
 * @param content Content of the report.
 * @returns The sections.
 */
export async function analysisSections(content: ReportContent): Promise<Section[]> {
  return [
    await weightsSection(content),
    await featuresSection(content),
    await maskingSection(content),
    await magnitudeSection(content),
    await classifierSection(content),
    await attentionSection(content),
  ];
}

async function weightsSection({ groups }: ReportContent): Promise<Section> {
  const curves = byGroup(groups, ({ analysis }) => analysis?.weights?.curve);
  const relative = "The same, each divided by its mean size";
  return {
    id: "weights",
    title: "Weights of the last batch norm (Figure 5)",
    content: Object.keys(curves).length === 0 ? [] : [
      paragraph(
        "The scales γ of the last batch norm, the largest first. A steep curve means that few channels " +
          "dominate. NBN's weights g·v/‖v‖ have another size than batch norm's, so the second figure " +
          "compares shapes alone.",
      ),
      await figurePair((width) => plots.weightCurves(curves, { width })),
      await figurePair((width) =>
        plots.weightCurves(curves, { width, relative: true, title: relative })
      ),
    ],
  };
}

async function featuresSection({ groups }: ReportContent): Promise<Section> {
  const features = byGroup(groups, ({ analysis }) => analysis?.features);
  const names = Object.keys(features);
  const statistics = Object.fromEntries(names.map((name) => [name, features[name].statistics]));
  return {
    id: "features",
    title: "Strength of the features (Figure 6, Table XVI)",
    content: names.length === 0 ? [] : [
      paragraph(
        "Mean and deviation of each channel of the pooled embedding over the test set, and their variances " +
          "over the channels (equations 5 and 6). Both grow with the square of the features' size; " +
          "divided by the squared mean they compare shapes alone.",
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
    ],
  };
}

async function maskingSection({ groups }: ReportContent): Promise<Section> {
  const content: string[] = [];
  for (const { name, runs: [{ analysis, settings }] } of groups) {
    if (!analysis) continue;
    const { masking, record } = analysis;
    if (!masking) {
      if (record.missing.masking) content.push(without(name, record.missing.masking));
      continue;
    }
    const { drops, groups: channels, rows } = masking;
    const { note } = drops.classes;
    const { severe, negligible } = record.thresholds;
    content.push(
      `<h3>${escaped(name)}</h3>`,
      await figurePair((width) => plots.channelDrops(drops, channels, { width })),
      await figurePair((width) => plots.masking(rows, { width, note })),
      `<p class="muted">${
        escaped(
          `At ${drops.tap}; severe from ${severe}, negligible up to ${negligible} points.` +
            (settings.precision === "bf16"
              ? " Computed in float32; training evaluated in bf16, so accuracies differ by tenths."
              : ""),
        )
      }</p>`,
    );
  }
  return {
    id: "masking",
    title: "Channel masking (Table V)",
    content: content.length === 0 ? [] : [
      paragraph(
        "Each channel is masked alone. Those without which only rare classes lose are rare-specific, those " +
          "without which only frequent ones lose frequent-specific, and common where both do. Then each " +
          "group is masked as a whole. Channels were chosen by the images on which the groups are judged.",
      ),
      ...content,
    ],
  };
}

async function magnitudeSection({ groups }: ReportContent): Promise<Section> {
  const content: string[] = [];
  for (const { name, runs: [{ analysis }] } of groups) {
    const history = analysis?.magnitude;
    if (!history) continue;
    content.push(
      `<h3>${escaped(name)}</h3>`,
      await figurePair((width) => plots.magnitude(history, { width })),
    );
  }
  return {
    id: "magnitude",
    title: "NBN's magnitude (Figure 2)",
    content: content.length === 0 ? [] : [
      paragraph(
        "The magnitude g over the training, and how often its gradient ĝ is below 0 (pattern A of equation 3): " +
          "then g grows and large components of the vector are held back.",
      ),
      ...content,
    ],
  };
}

async function classifierSection(
  { groups, counts, classNames, borders }: ReportContent,
): Promise<Section> {
  const bins = byGroup(groups, ({ analysis }) => analysis?.accuracy?.calibration);
  const logits = byGroup(groups, ({ analysis }) => analysis?.logits?.classes);
  const norms = byGroup(groups, ({ analysis }) => analysis?.weights?.classNorms);
  const content: string[] = [];
  const any = (record: object) => Object.keys(record).length > 0;
  if (any(norms)) {
    content.push(
      await figurePair((width) => plots.weightNorms(norms, { counts, classNames, borders, width })),
    );
  }
  if (any(logits)) {
    content.push(
      await figurePair((width) => plots.logitStatistics(logits, { counts, classNames, width })),
    );
  }
  if (any(bins)) {
    content.push(await figurePair((width) => plots.calibration(bins, { width })));
  }
  return { id: "classifier", title: "Classifier, logits, confidence", content };
}

async function attentionSection({ groups }: ReportContent): Promise<Section> {
  const content: string[] = [];
  for (const group of groups) content.push(...await attentionOf(group));
  return {
    id: "attention",
    title: "Attention maps (Figures 1 and 4)",
    content: content.length === 0 ? [] : [
      paragraph(
        "Test images of the rarest classes: of each the first that is recognised and the first that is taken " +
          "for a frequent class (or else for any other). Attention over the channels that the classifier " +
          "uses only for the frequent class that scores highest, over those that it uses only for the " +
          "image's own class, and over all.",
      ),
      ...content,
    ],
  };
}

async function attentionOf({ name, runs: [run] }: RunGroup<ReportRun>): Promise<string[]> {
  const attention = run.analysis?.attention;
  if (!attention || attention.examples.length === 0) {
    const reason = run.analysis?.record.missing.attention;
    return reason ? [without(name, reason)] : [];
  }
  return [
    `<h3>${escaped(name)}</h3>`,
    await figurePair((width) => attentionFigure(attention, { small: width !== undefined })),
  ];
}

/** Returns a paragraph stating why a run is absent from a section. */
function without(name: string, reason: string): string {
  return `<p class="muted">${escaped(`Not for ${name}. ${reason}`)}</p>`;
}
