/**
 * What methods gain over their baselines, beside the paper.
 *
 * @module
 */
import { type Estimate, pairedDifference } from "../../metrics/paired_difference.ts";
import { KINDS } from "../../recipes/mod.ts";
import type { Experiment, FinishedRun } from "./experiments.ts";
import {
  type Accuracies,
  type PaperGain,
  paperGain,
  type PaperRow,
  rowsOfRecipe,
} from "./paper.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Groups in the order of tables. */
export const GROUPS = ["all", "head", "medium", "tail"] as const satisfies (keyof Accuracies)[];

/** What a method gains over its baseline in an experiment. */
export interface Gain {
  /** The method. */
  readonly recipe: string;
  /** The recipe without what the method adds. */
  readonly baseline: string;
  /** Gain over all images in percentage points. */
  readonly all: Estimate;
  /** Gain over the Head classes; `null` without such classes. */
  readonly head: Estimate | null;
  /** Gain over the Medium classes; `null` without such classes. */
  readonly medium: Estimate | null;
  /** Gain over the Tail classes; `null` without such classes. */
  readonly tail: Estimate | null;
  /** The paper's gain. */
  readonly paper?: PaperGain;
  /** What the interval over all images says about the paper's gain. */
  readonly verdict: Verdict;
}

/**
 * Returns the recipe that a method is compared with: the same without layers such as NBN and LR, and for methods
 * without them plain cross-entropy.
 *
 * @param recipe Name of a recipe.
 * @returns The baseline; `undefined` for plain cross-entropy itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(baselineOf("cifar10-lt/balanced-softmax+nbn+lr"), "cifar10-lt/balanced-softmax");
 * assertEquals(baselineOf("cifar10-lt/balanced-softmax"), "cifar10-lt/ce");
 * assertEquals(baselineOf("cifar10-lt/ce"), undefined);
 * ```
 */
export function baselineOf(recipe: string): string | undefined {
  const [dataSet, method] = recipe.split("/");
  const tokens = method.split("+");
  const others = tokens.filter((token) => !Object.hasOwn(KINDS.layer.tokens, token));
  const baseline = others.length < tokens.length && others.length > 0 ? others.join("+") : "ce";
  return baseline === method ? undefined : `${dataSet}/${baseline}`;
}

/**
 * Computes the gains of an experiment's methods over the seeds that they share with their baselines.
 *
 * @param experiment The experiment.
 * @param paper The paper's tables.
 * @returns A gain for each recipe that has a common seed with its baseline.
 */
export function gainsOf(
  { recipes, runs, imbalance }: Experiment,
  paper: readonly PaperRow[],
): Gain[] {
  return recipes.flatMap((recipe) => {
    const baseline = baselineOf(recipe);
    if (baseline === undefined) return [];
    const over = (group: keyof Accuracies) =>
      pairedDifference(bySeed(runs, recipe, group), bySeed(runs, baseline, group));
    const all = over("all");
    if (!all) return [];
    const told = paperGain(
      rowsOfRecipe(paper, recipe, imbalance),
      rowsOfRecipe(paper, baseline, imbalance),
    );
    return [{
      recipe,
      baseline,
      all,
      head: over("head"),
      medium: over("medium"),
      tail: over("tail"),
      paper: told,
      verdict: verdict(all, told?.all),
    }];
  });
}

/** Returns the accuracies of a recipe by seed, without those of groups that have no classes. */
export function bySeed(
  runs: readonly FinishedRun[],
  recipe: string,
  group: keyof Accuracies,
): Map<number, number> {
  return new Map(runs.flatMap(({ recipe: own, seed, summary }) => {
    const value = summary[group];
    return own === recipe && value !== null ? [[seed, value] as const] : [];
  }));
}
