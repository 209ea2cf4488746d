/**
 * Content of a run's folder `analysis`.
 *
 * @module
 */
import type { EvaluationSet, ImageDataset } from "../../data/dataset.ts";
import type { GroupThresholds } from "../../data/groups.ts";
import type { Evaluation } from "../../inference/evaluate.ts";
import type { CalibrationBin } from "../calibration_bins.ts";
import type { ChannelDrops } from "../channel_drops.ts";
import type { ChannelGroups, ChannelGroupsOptions } from "../channel_groups.ts";
import type { ClassAttention } from "../class_attention.ts";
import type { FeatureStatistics, StatisticVariance } from "../feature_statistics.ts";
import type { LogitStatistics } from "../logit_statistics.ts";
import type { MagnitudeHistory } from "../magnitude_history.ts";
import type { MaskedGroup } from "../mask_groups.ts";
import type { NormLengths } from "../norm_lengths.ts";
import type { WeightCurve } from "../weight_curve.ts";

/** Provenance of an analysis, which makes its results traceable: `analysis.json`. */
export interface AnalysisRecord {
  /** Version of the file format. */
  readonly format: number;
  /** The command that reproduces the analysis. */
  readonly command: string;
  /**
   * SHA-256 of everything that the results depend on; every part records it, so that parts of different analyses are
   * not mixed.
   */
  readonly inputs: string;
  /** Recipe of the run. */
  readonly recipe: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Number of training steps of the checkpoint. */
  readonly step: number;
  /** The checkpoint. */
  readonly checkpoint: {
    /** Name of its file. */
    readonly file: string;
    /** SHA-256 of the file. */
    readonly sha256: string;
  };
  /** The test set. */
  readonly data: {
    /** Its name. */
    readonly name: string;
    /** Number of images. */
    readonly images: number;
    /** Which set it is; absent from analyses of earlier versions. */
    readonly evaluatedOn?: EvaluationSet;
    /** Its {@linkcode datasetDigest}. */
    readonly sha256: string;
  };
  /** Tap at which channels were masked and their statistics computed. */
  readonly tap: string;
  /** Thresholds of the channel groups, in percentage points. */
  readonly thresholds: Required<ChannelGroupsOptions>;
  /** Versions of the toolkit and of its runtime and dependencies. */
  readonly versions: Readonly<Record<string, string>>;
  /** Backend and device. */
  readonly engine: Readonly<Record<string, string>>;
  /** Reasons why parts could not be computed, keyed by part name. */
  readonly missing: Readonly<Partial<Record<AnalysisPart, string>>>;
}

/** Accuracy, confusion and calibration on the test set: `accuracy.json`. */
export interface AccuracyPart extends Evaluation {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Number of training images per class. */
  readonly counts: readonly number[];
  /** Thresholds of Tail, Medium and Head; absent from analyses of earlier versions, which use the defaults. */
  readonly groups?: GroupThresholds;
  /** Bins of the reliability diagram. */
  readonly calibration: readonly CalibrationBin[];
}

/** Strength of each channel (Figure 6, Table XVI): `features.json`. */
export interface FeaturesPart {
  /** Mean, deviation and variance of each channel over the test set. */
  readonly statistics: FeatureStatistics;
  /** Variances of the statistics over the channels (equations 5 and 6). */
  readonly variances: StatisticVariance;
}

/** Weights (Figure 5): `weights.json`. */
export interface WeightsPart {
  /** Sorted weights of the last BN. */
  readonly curve: WeightCurve;
  /** Norm of each class's classifier weights. */
  readonly classNorms: readonly number[];
  /** Lengths and variances of γ and β in the last stage; absent from analyses of earlier versions. */
  readonly norms?: readonly NormLengths[];
}

/** Logits of each class over the test set: `logits.json`. */
export interface LogitsPart {
  /** Statistics of each class's logit. */
  readonly classes: readonly LogitStatistics[];
}

/** Accuracy with channels masked (Table V): `masking.json`. */
export interface MaskingPart {
  /** Accuracy drops when each channel is masked alone. */
  readonly drops: ChannelDrops;
  /** Channels grouped by these drops. */
  readonly groups: ChannelGroups;
  /** The rows of Table V. */
  readonly rows: readonly MaskedGroup[];
}

/** Attention on a few test images of rare classes (Figures 1 and 4): `attention.json` and a PNG file for each image. */
export interface AttentionPart {
  /** The images. */
  readonly images: ImageDataset;
  /** For each image its maps at image size, its predicted class and its index in the test set. */
  readonly examples: readonly AttentionExample[];
}

/** Attention maps of a test image. */
export interface AttentionExample extends ClassAttention {
  /** Index of the image in the test set, from 0. */
  readonly index: number;
}

/** The parts of an analysis. */
export interface AnalysisParts {
  /** Accuracy, confusion, calibration. */
  readonly accuracy: AccuracyPart;
  /** Strength of each channel (Figure 6, Table XVI). */
  readonly features: FeaturesPart;
  /** Weights of the last BN (Figure 5) and of the classifier. */
  readonly weights: WeightsPart;
  /** Logits of each class. */
  readonly logits: LogitsPart;
  /** Masked channels (Table V). */
  readonly masking: MaskingPart;
  /** Magnitude and sign of ĝ (Figure 2), at up to 200 steps; the fractions are over all steps. */
  readonly magnitude: MagnitudeHistory;
  /** Attention on rare images (Figures 1 and 4). */
  readonly attention: AttentionPart;
}

/** Name of a part. */
export type AnalysisPart = keyof AnalysisParts;

/** The parts in the order of computation. */
export const ANALYSIS_PARTS: readonly AnalysisPart[] = [
  "accuracy",
  "features",
  "weights",
  "logits",
  "masking",
  "magnitude",
  "attention",
];

/**
 * An analysis as returned by {@linkcode readAnalysis}. The reason why a part is absent is in `record.missing` if the
 * part cannot be computed, and in `lacking` if it has to be computed again.
 */
export interface RunAnalysis extends Partial<AnalysisParts> {
  /** Provenance of the analysis. */
  readonly record: AnalysisRecord;
  /** Parts whose files are absent or belong to another analysis, with the reason. */
  readonly lacking: Readonly<Partial<Record<AnalysisPart, string>>>;
}
