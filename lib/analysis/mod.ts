/**
 * Analyses of trained networks: the effect of channels on rare and frequent classes, attention maps, feature
 * statistics, and the history of NBN's magnitude.
 *
 * @example Features of a network whose sixth channel is masked
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { collectFeatures, maskChannels } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin({ testImages: 1 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const masked = maskChannels({ network, ...network.init(0, test.shape) }, [5]);
 * const { embedding } = await collectFeatures(masked, test, { taps: ["embedding"] });
 * assertEquals(embedding.values[5], 0);
 * ```
 *
 * @module
 */
export { analyseRun, type AnalyseRunOptions } from "./run/analyse_run.ts";
export { readAnalysis } from "./run/files.ts";
export type {
  AccuracyPart,
  AnalysisPart,
  AnalysisParts,
  AnalysisRecord,
  AttentionExample,
  AttentionPart,
  FeaturesPart,
  LogitsPart,
  MaskingPart,
  RunAnalysis,
  WeightsPart,
} from "./run/run_analysis.ts";
export { accuracyByTau, type AccuracyByTauOptions } from "./accuracy_by_tau.ts";
export {
  type AttentionAgreement,
  attentionAgreement,
  type ChannelsLead,
} from "./attention_agreement.ts";
export { attentionMap, type AttentionMapOptions } from "./attention_map.ts";
export {
  type CalibrationBin,
  calibrationBins,
  type CalibrationBinsOptions,
} from "./calibration_bins.ts";
export { type ChannelDrops, channelDrops, type ChannelDropsOptions } from "./channel_drops.ts";
export { type ChannelGroups, channelGroups, type ChannelGroupsOptions } from "./channel_groups.ts";
export {
  type ClassAttention,
  classAttention,
  type ClassAttentionOptions,
} from "./class_attention.ts";
export {
  type ClassifierPath,
  type ClassifierWeights,
  classifierWeights,
  classWeightNorms,
} from "./classifier_weights.ts";
export { type ChannelEvenness, channelEvenness } from "./channel_evenness.ts";
export { coefficientOfVariation } from "./coefficient_of_variation.ts";
export { collectFeatures, type CollectFeaturesOptions, type Feature } from "./collect_features.ts";
export { type ConfusionByFrequency, confusionByFrequency } from "./confusion_by_frequency.ts";
export {
  sampledClassFractions,
  type SampledClassFractionsOptions,
} from "./sampled_class_fractions.ts";
export { type ExpertDiversity, expertDiversity } from "./expert_diversity.ts";
export { expertPredictions, type ExpertPredictionsOptions } from "./expert_predictions.ts";
export {
  type FeatureStatistics,
  featureStatistics,
  type StatisticVariance,
  statisticVariance,
} from "./feature_statistics.ts";
export { gradCam, type GradCamOptions } from "./grad_cam.ts";
export { type Bin, histogram, type HistogramOptions } from "./histogram.ts";
export { listNorms, type NormLayer } from "./list_norms.ts";
export { classLogitGradients, type ClassLogitGradientsInput } from "./class_logit_gradients.ts";
export { type LogitStatistics, logitStatistics } from "./logit_statistics.ts";
export { lossByMargin, type LossByMarginOptions } from "./loss_by_margin.ts";
export {
  type GradientSigns,
  type MagnitudeCurve,
  type MagnitudeHistory,
  magnitudeHistory,
  type MagnitudeHistoryOptions,
} from "./magnitude_history.ts";
export { maskChannels, type MaskChannelsOptions } from "./mask_channels.ts";
export type { MaskingOptions } from "./masked_recognition.ts";
export { type MaskedAccuracy, type MaskedGroup, maskGroups } from "./mask_groups.ts";
export { type NormLengths, normLengths } from "./norm_lengths.ts";
export { type PatternShare, type PatternShares, patternShares } from "./pattern_shares.ts";
export { randomChannelGroups } from "./random_channel_groups.ts";
export { type RareAndFrequent, rareAndFrequent } from "./rare_and_frequent.ts";
export { type Metrics, readMetrics } from "./read_metrics.ts";
export { scaledClassifierWeights } from "./scaled_classifier_weights.ts";
export { mostConfidentErrors } from "./most_confident_errors.ts";
export { listTaps, type Tap } from "./taps.ts";
export { uniqueChannels, type UniqueChannelsOptions } from "./unique_channels.ts";
export { type PositionMap, upsample } from "./upsample.ts";
export { type WeightCurve, weightCurve, type WeightCurveOptions } from "./weight_curve.ts";
