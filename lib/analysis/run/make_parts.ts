/**
 * Computation of each part of an analysis.
 *
 * @module
 */
import { DataError, NotApplicableError } from "../../core/errors.ts";
import { classCounts } from "../../data/dataset.ts";
import { imagePixels, rgba } from "../../data/image_pixels.ts";
import { subset } from "../../data/subset.ts";
import type { Cluster } from "../../engine/cluster/cluster.ts";
import { encodePng } from "../../deps/png_encoder.ts";
import { metricsOf } from "../../inference/evaluate.ts";
import type { OpenedRun } from "../../runs/open_run.ts";
import { type Predictions, predictionsOf } from "../../inference/predict.ts";
import { writeAtomically } from "../../core/write_atomically.ts";
import { calibrationBins } from "../calibration_bins.ts";
import { channelDrops } from "../channel_drops.ts";
import { channelGroups } from "../channel_groups.ts";
import { classAttention } from "../class_attention.ts";
import { classifierWeights, classWeightNorms } from "../classifier_weights.ts";
import { collectFeaturesAndLogits, type Feature } from "../collect_features.ts";
import { featureStatistics, statisticVariance } from "../feature_statistics.ts";
import { listNorms } from "../list_norms.ts";
import { logitStatistics } from "../logit_statistics.ts";
import { magnitudeHistory } from "../magnitude_history.ts";
import { maskGroups } from "../mask_groups.ts";
import { normLengths } from "../norm_lengths.ts";
import { rareAndFrequent } from "../rare_and_frequent.ts";
import { readMetrics } from "../read_metrics.ts";
import { weightCurve } from "../weight_curve.ts";
import type { StoredAttention } from "./files.ts";
import { rareExamples } from "./rare_examples.ts";
import type { AnalysisPart, AnalysisParts, AnalysisRecord } from "./run_analysis.ts";
import { sampledHistory } from "./sampled_history.ts";

/** Maximum number of steps to keep of the magnitude's history. */
const STEPS = 200;

/** Options of {@linkcode makeParts}. */
export interface MakePartsOptions extends Pick<AnalysisRecord, "tap" | "thresholds"> {
  /**
   * Folder for the images of the attention examples.
   *
   * @default {they are not written}
   */
  readonly target?: string;
  /** Processes that compute together. */
  readonly cluster?: Cluster;
}

/**
 * Returns a function that computes each part. All parts that need no masks share a single pass over the images.
 *
 * @param path The run folder.
 * @param run The opened run.
 * @param options Tap, thresholds, folder, cluster.
 * @returns A function for each part.
 */
export function makeParts(
  path: string,
  run: OpenedRun,
  { tap, thresholds, target, cluster }: MakePartsOptions,
): Record<AnalysisPart, () => object | Promise<object>> {
  const { counts, groupThresholds, data: { test } } = run;
  let seen: Promise<{ feature: Feature; predictions: Predictions }> | undefined;
  const look = () =>
    seen ??= collectFeaturesAndLogits(run, test, { taps: [tap], pooled: true, cluster })
      .then(({ features, logits }) => ({
        feature: features[tap],
        predictions: predictionsOf(logits, test.labels),
      }));
  const parts: Record<AnalysisPart, () => object | Promise<object>> = {
    async accuracy(): Promise<AnalysisParts["accuracy"]> {
      const { predictions } = await look();
      return {
        ...metricsOf(predictions, counts, groupThresholds),
        classNames: test.classNames,
        counts,
        groups: groupThresholds,
        calibration: calibrationBins(predictions),
      };
    },
    async features(): Promise<AnalysisParts["features"]> {
      const statistics = featureStatistics((await look()).feature);
      return { statistics, variances: statisticVariance(statistics) };
    },
    weights: (): AnalysisParts["weights"] => ({
      curve: weightCurve(run, { inputShape: test.shape }),
      classNorms: classWeightNorms(classifierWeights(run)),
      norms: normLengths(
        listNorms(run, test.shape).filter(({ stage, stages }) => stage === stages && stage > 0),
      ),
    }),
    logits: async (): Promise<AnalysisParts["logits"]> => ({
      classes: logitStatistics((await look()).predictions),
    }),
    async masking(): Promise<AnalysisParts["masking"]> {
      const drops = await channelDrops(run, test, { counts, groupThresholds, tap, cluster });
      const groups = channelGroups(drops, thresholds);
      return {
        drops,
        groups,
        rows: await maskGroups(run, test, groups, { counts, groupThresholds, tap, cluster }),
      };
    },
    async magnitude(): Promise<AnalysisParts["magnitude"]> {
      const metrics = await readMetrics(path).catch((error: Error) => {
        throw error instanceof DataError ? new NotApplicableError(error.message) : error;
      });
      const history = magnitudeHistory(metrics);
      if (history.magnitudes.length === 0) {
        throw new NotApplicableError("The log has no magnitude: the run was trained without NBN");
      }
      return sampledHistory(history, STEPS);
    },
    async attention(): Promise<StoredAttention> {
      const classes = rareAndFrequent(counts, classCounts(test), groupThresholds);
      const chosen = rareExamples((await look()).predictions, classes, counts);
      const images = subset(test, chosen);
      const maps = await classAttention(run, images, { counts, groupThresholds, enlarged: false });
      const pixels = await imagePixels(test, chosen);
      const examples = await Promise.all(maps.map(async (map, position) => {
        const image = `attention-${position + 1}.png`;
        if (target !== undefined) {
          const { height, width } = pixels[position];
          const file = await encodePng({ height, width, data: rgba(pixels[position]) });
          await writeAtomically(`${target}/${image}`, file);
        }
        return { index: chosen[position], image, ...map };
      }));
      const [height, width] = test.shape;
      return { size: [height, width], classNames: test.classNames, examples };
    },
  };
  return parts;
}
