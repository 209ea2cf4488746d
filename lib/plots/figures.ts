/**
 * The figures, exported as `plots` by `mod.ts`. Each is drawn without a browser, in light and dark themes, and can be
 * displayed and saved.
 *
 * @module
 */
export { accuracyAgainst, type AccuracyAgainstOptions } from "./accuracy_against.ts";
export { type Accuracy, accuracyByGroup, type GroupAccuracies } from "./accuracy_by_group.ts";
export { accuracyByClass } from "./accuracy_by_class.ts";
export { apByGroup, type AveragePrecision, type GroupAverages } from "./ap_by_group.ts";
export { attention, type AttentionOptions } from "./attention.ts";
export type { ByClassOptions } from "./by_class.ts";
export { calibration } from "./calibration.ts";
export { channelDrops } from "./channel_drops.ts";
export { classAttention, type ClassAttentionOptions } from "./class_attention.ts";
export { classCounts, type ClassCountsOptions } from "./class_counts.ts";
export { confusion, type ConfusionOptions } from "./confusion.ts";
export { detections, type DetectionsOptions, type ImageWithDetections } from "./detections.ts";
export { expertDiversity } from "./expert_diversity.ts";
export { featureHistograms, type FeatureHistogramsOptions } from "./feature_histograms.ts";
export type { Figure, FigureOptions } from "./figure.ts";
export { gains } from "./gains.ts";
export { imageGrid, type ImageGridOptions } from "./image_grid.ts";
export { classLogitGradients } from "./class_logit_gradients.ts";
export { logitStatistics } from "./logit_statistics.ts";
export { lossByMargin } from "./loss_by_margin.ts";
export { magnitude } from "./magnitude.ts";
export { masking, type MaskingOptions } from "./masking.ts";
export { type PlacedNorm, placement } from "./placement.ts";
export type { ByName } from "./runs.ts";
export { samplerShares } from "./sampler_shares.ts";
export type { Theme } from "./theme.ts";
export { scoreHistograms, type ScoreHistogramsOptions } from "./score_histograms.ts";
export { trainingCurves } from "./training_curves.ts";
export { weightCurves, type WeightCurvesOptions } from "./weight_curves.ts";
export { weightNorms } from "./weight_norms.ts";
