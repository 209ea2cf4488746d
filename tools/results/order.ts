/**
 * Whether an experiment orders methods as the paper, or another experiment, does.
 *
 * @module
 */
import { bySeed } from "../../lib/metrics/by_seed.ts";
import { counted } from "../../lib/core/counted.ts";
import { estimateMean, pairedDifference } from "../../lib/metrics/paired_difference.ts";
import type { Experiment } from "./experiments.ts";
import { type PaperRow, rowsOfRecipe } from "./paper.ts";

/** Accuracies over all images that an experiment's order of methods is compared with. */
export interface Reference {
  /** Where they are from. */
  readonly name: string;
  /** Accuracy in percent by recipe. */
  readonly all: ReadonlyMap<string, number>;
}

/** Pairs of methods of a reference that an experiment has trained with a common seed. */
export interface Order {
  /** Number of pairs; those that are equal in the reference are left out. */
  readonly pairs: number;
  /** Pairs that are in the reference's order. */
  readonly alike: number;
  /** Pairs whose interval excludes 0. */
  readonly certain: number;
  /** Pairs of those that are in the reference's order. */
  readonly certainAlike: number;
}

/**
 * Compares the order of an experiment's methods, by accuracy over all images, with that of a reference.
 *
 * @param experiment The experiment.
 * @param reference The reference.
 * @returns Numbers of pairs.
 */
export function orderOf({ recipes, runs }: Experiment, { all }: Reference): Order {
  const known = recipes.filter((recipe) => all.has(recipe))
    .map((recipe) => ({ there: all.get(recipe)!, here: accuracies(runs, recipe) }));
  const pairs = known.flatMap((one, place) =>
    known.slice(place + 1).flatMap((other) => {
      const gain = pairedDifference(one.here, other.here), wanted = one.there - other.there;
      return gain === null || wanted === 0 ? [] : [{
        alike: Math.sign(gain.mean) === Math.sign(wanted),
        certain: gain.interval !== null && gain.interval[0] * gain.interval[1] > 0,
      }];
    })
  );
  const certain = pairs.filter((pair) => pair.certain);
  return {
    pairs: pairs.length,
    alike: pairs.filter(({ alike }) => alike).length,
    certain: certain.length,
    certainAlike: certain.filter(({ alike }) => alike).length,
  };
}

/** Returns the accuracies of a recipe over all images, by seed. */
function accuracies(runs: Experiment["runs"], recipe: string): Map<number, number> {
  return bySeed(runs, recipe, ({ summary }) => summary.all);
}

/** Returns the paper's accuracies of an experiment's recipes. */
function ofPaper({ recipes, imbalance }: Experiment, paper: readonly PaperRow[]): Reference {
  const all = new Map(recipes.flatMap((recipe) => {
    const row = rowsOfRecipe(paper, recipe, imbalance).find(({ all }) => all !== null);
    return row ? [[recipe, row.all!] as const] : [];
  }));
  return { name: "the paper", all };
}

/** Returns the mean accuracies of the recipes of an experiment. */
function ofExperiment({ name, recipes, runs }: Experiment): Reference {
  const all = new Map(recipes.flatMap((recipe) => {
    const values = [...accuracies(runs, recipe).values()];
    return values.length === 0 ? [] : [[recipe, estimateMean(values).mean] as const];
  }));
  return { name, all };
}

/**
 * Tells how much of the order of methods in the paper, and in other experiments on the same data, an experiment shows.
 *
 * @param experiment The experiment.
 * @param others Further experiments; those at another imbalance are left out.
 * @param paper The paper's tables.
 * @returns Lines of Markdown; none without a pair of methods to compare.
 */
export function orderLines(
  experiment: Experiment,
  others: readonly Experiment[],
  paper: readonly PaperRow[],
): string[] {
  const comparable = others.filter((other) =>
    other !== experiment && other.imbalance === experiment.imbalance
  );
  const references = [ofPaper(experiment, paper), ...comparable.map(ofExperiment)];
  const lines = references.flatMap((reference) => {
    const { pairs, alike, certain, certainAlike } = orderOf(experiment, reference);
    return pairs === 0 ? [] : [
      `- Of ${
        counted(pairs, "pair")
      } of methods in ${reference.name}, ${alike} in the same order here; ` +
      `of the ${certain} whose interval excludes 0, ${certainAlike}.`,
    ];
  });
  return lines.length === 0 ? [] : ["Order of methods:", "", ...lines, ""];
}
