/**
 * What methods gain over their baselines, beside the paper.
 *
 * @module
 */
import type { Estimate } from "../../lib/metrics/paired_difference.ts";
import { seedGain } from "../../lib/notebooks/experiment.ts";
import { TOKENS } from "../../lib/recipes/mod.ts";
import type { Experiment } from "./experiments.ts";
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

/** Names of layers, which recipes add to a loss. */
const LAYERS: ReadonlySet<string> = new Set(
  TOKENS.filter(({ kind }) => kind === "layer").map(({ name }) => name),
);

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
 * Returns the recipes that a method is compared with: the same without layers such as NBN and LR, without one of
 * several, and with NBN as the paper has it for a variant of NBN; plain cross-entropy for a method without layers.
 *
 * @param recipe Name of a recipe.
 * @returns The baselines; none for plain cross-entropy itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(baselinesOf("builtin/focal+nbn+lr"), ["builtin/focal", "builtin/focal+lr", "builtin/focal+nbn"]);
 * assertEquals(baselinesOf("builtin/ce+nbn-a"), ["builtin/ce", "builtin/ce+nbn"]);
 * assertEquals(baselinesOf("builtin/focal"), ["builtin/ce"]);
 * ```
 */
export function baselinesOf(recipe: string): readonly string[] {
  const [dataSet, method] = recipe.split("/");
  const tokens = method.split("+");
  const layers = tokens.filter((token) => LAYERS.has(token));
  const without = (removed: readonly string[]) =>
    tokens.filter((token) => !removed.includes(token)).join("+");
  const variant = layers.find((token) => token.startsWith("nbn-"));
  const baselines = layers.length === 0 ? ["ce"] : [
    without(layers),
    ...(layers.length > 1 ? layers.map((layer) => without([layer])) : []),
    ...(variant ? [method.replace(variant, "nbn")] : []),
  ];
  return baselines.filter((baseline) => baseline !== method && baseline !== "")
    .map((baseline) => `${dataSet}/${baseline}`);
}

/**
 * Computes the gains of an experiment's methods over the seeds that they share with their baselines.
 *
 * @param experiment The experiment.
 * @param paper The paper's tables.
 * @returns A gain for each recipe and baseline that have a common seed.
 */
export function gainsOf(experiment: Experiment, paper: readonly PaperRow[]): Gain[] {
  return experiment.recipes.flatMap((recipe) =>
    baselinesOf(recipe).flatMap((baseline) => gainOver(experiment, recipe, baseline, paper) ?? [])
  );
}

function gainOver(
  { runs, imbalance }: Experiment,
  recipe: string,
  baseline: string,
  paper: readonly PaperRow[],
): Gain | undefined {
  const over = (group: keyof Accuracies) =>
    seedGain(runs, ({ summary }) => summary[group], { recipe, baseline });
  const all = over("all");
  if (!all) return undefined;
  const told = paperGain(
    rowsOfRecipe(paper, recipe, imbalance),
    rowsOfRecipe(paper, baseline, imbalance),
  );
  return {
    recipe,
    baseline,
    all,
    head: over("head"),
    medium: over("medium"),
    tail: over("tail"),
    paper: told,
    verdict: verdict(all, told?.all),
  };
}
