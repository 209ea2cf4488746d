/**
 * What losses and NBN change in a detector, beside the paper.
 *
 * @module
 */
import type { DetectorResult } from "../../lib/detection/training/detector_result.ts";
import type { Estimate } from "../../lib/metrics/paired_difference.ts";
import { AP_OF_DETECTORS } from "../../lib/notebooks/detectors.ts";
import { seedGain } from "../../lib/notebooks/experiment.ts";
import { methodOf, type PaperAp } from "./detection_paper.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** The difference of two methods in one number. */
export interface ApGain {
  /** Its name, of `AP_OF_DETECTORS`. */
  readonly column: string;
  /** Over the seeds of both, in points. */
  readonly here: Estimate;
  /** Of the paper's rows, in points, if it has both. */
  readonly paper?: number;
  /** What the interval says about it. */
  readonly verdict: Verdict;
}

/** A method beside its baseline. */
export interface ComparedDetectors {
  /** The method. */
  readonly recipe: string;
  /** The same without NBN; cross-entropy for another loss without NBN. */
  readonly baseline: string;
  /** Whether NBN is all that the method adds. */
  readonly addsNbn: boolean;
  /** Their differences, without numbers that no common seed has. */
  readonly gains: readonly ApGain[];
}

/**
 * Compares every method with NBN with that without, and every other loss with cross-entropy.
 *
 * @param recipes Names of the recipes.
 * @param results Their results.
 * @param paper The paper's rows by method.
 * @returns A comparison for each recipe that has a baseline and a common seed with it.
 */
export function comparedDetectors(
  recipes: readonly string[],
  results: readonly DetectorResult[],
  paper: ReadonlyMap<string, PaperAp>,
): ComparedDetectors[] {
  return recipes.flatMap((recipe) => {
    const plain = recipe.replace(/\+nbn$/, ""), addsNbn = plain !== recipe;
    const baseline = addsNbn ? plain : recipe.replace(/[^+]+$/, "ce");
    if (baseline === recipe) return [];
    const [ours, theirs] = [recipe, baseline].map((name) => paper.get(methodOf(name)));
    const gains = Object.entries(AP_OF_DETECTORS).flatMap(([column, of]): ApGain[] => {
      const here = seedGain(results, of, { recipe, baseline });
      const told = ours && theirs && ours[column] - theirs[column];
      return here ? [{ column, here, paper: told, verdict: verdict(here, told) }] : [];
    });
    return gains.length === 0 ? [] : [{ recipe, baseline, addsNbn, gains }];
  });
}
