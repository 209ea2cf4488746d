/**
 * What the folder `analysis` of a run holds.
 *
 * @module
 */
import type { EvaluationSet, ImageDataset } from "../../data/dataset.ts";
import type { GroupBorders } from "../../data/groups.ts";
import type { Evaluation } from "../../train/evaluation.ts";
import type { CalibrationBin } from "../calibration_bins.ts";
import type { ChannelDrops } from "../channel_drops.ts";
import type { ChannelGroups, ChannelGroupsOptions } from "../channel_groups.ts";
import type { ClassAttention } from "../class_attention.ts";
import type { FeatureStatistics, StatisticVariance } from "../feature_statistics.ts";
import type { LogitStatistics } from "../logit_statistics.ts";
import type { MagnitudeHistory } from "../magnitude_history.ts";
import type { MaskedGroup } from "../mask_groups.ts";
import type { WeightCurve } from "../weight_curve.ts";

/** Where an analysis comes from, so that its numbers can be traced: `analysis.json`. */
export interface AnalysisRecord {
  /** Number of the layout of these files. */
  readonly format: number;
  /** The command that made it. */
  readonly command: string;
  /** SHA-256 of everything that decides the numbers; every part names it, so that none is taken for another's. */
  readonly inputs: string;
  /** Recipe of the run. */
  readonly recipe: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Steps that it was trained for. */
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
    /** Which set it is; missing in analyses of earlier versions. */
    readonly evaluatedOn?: EvaluationSet;
    /** Its {@linkcode datasetDigest}. */
    readonly sha256: string;
  };
  /** Where channels were masked and their statistics taken. */
  readonly tap: string;
  /** Thresholds of the groups of channels, in percentage points. */
  readonly thresholds: Required<ChannelGroupsOptions>;
  /** Versions of the library and of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
  /** Backend and device. */
  readonly engine: Readonly<Record<string, string>>;
  /** Why a part is missing, by its name. */
  readonly missing: Readonly<Partial<Record<AnalysisPart, string>>>;
}

/** Accuracy, confusion and calibration on the test set: `accuracy.json`. */
export interface AccuracyPart extends Evaluation {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Borders of Tail, Medium and Head; missing in analyses of earlier versions, which have the usual ones. */
  readonly groups?: GroupBorders;
  /** Confidence against accuracy. */
  readonly calibration: readonly CalibrationBin[];
}

/** Strength of each channel (Figure 6, Table XVI): `features.json`. */
export interface FeaturesPart {
  /** Mean, deviation and variance of each channel over the test set. */
  readonly statistics: FeatureStatistics;
  /** Their variances over the channels (equations 5 and 6). */
  readonly variances: StatisticVariance;
}

/** Weights (Figure 5): `weights.json`. */
export interface WeightsPart {
  /** Sorted weights of the last BN. */
  readonly curve: WeightCurve;
  /** Norm of each class's classifier weights. */
  readonly classNorms: readonly number[];
}

/** Logits of each class over the test set: `logits.json`. */
export interface LogitsPart {
  /** Statistics of each class's logit. */
  readonly classes: readonly LogitStatistics[];
}

/** What masking channels does (Table V): `masking.json`. */
export interface MaskingPart {
  /** Accuracy lost with each channel alone. */
  readonly drops: ChannelDrops;
  /** Channels by that. */
  readonly groups: ChannelGroups;
  /** The rows of Table V. */
  readonly rows: readonly MaskedGroup[];
}

/** Attention on a few test images of rare classes (Figures 1 and 4): `attention.json` and a PNG file for each image. */
export interface AttentionPart {
  /** The images. */
  readonly images: ImageDataset;
  /** Maps of each at the size of the images, what it was taken for, and its place in the test set. */
  readonly examples: readonly AttentionExample[];
}

/** Attention on a test image. */
export interface AttentionExample extends ClassAttention {
  /** Place of the image in the test set, from 0. */
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
  /** Magnitude and sign of ĝ (Figure 2), at up to 200 of the steps; the shares are over all steps. */
  readonly magnitude: MagnitudeHistory;
  /** Attention on rare images (Figures 1 and 4). */
  readonly attention: AttentionPart;
}

/** Name of a part. */
export type AnalysisPart = keyof AnalysisParts;

/** The parts in the order in which they are made. */
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
 * An analysis as {@linkcode readAnalysis} returns it: a part that is missing has its reason in `record.missing` where
 * it cannot be had, and in `lacking` where it has to be made again.
 */
export interface RunAnalysis extends Partial<AnalysisParts> {
  /** Where it comes from. */
  readonly record: AnalysisRecord;
  /** Parts whose files are not there, or belong to another analysis. */
  readonly lacking: Readonly<Partial<Record<AnalysisPart, string>>>;
}
