/**
 * Whether an experiment orders methods as the paper does.
 *
 * @module
 */
import { pairedDifference } from "../../metrics/paired_difference.ts";
import { counted } from "./conclusions.ts";
import type { Experiment } from "./experiments.ts";
import { bySeed } from "./gains.ts";
import { type PaperRow, rowsOfRecipe } from "./paper.ts";

/** Pairs of methods with numbers in the paper and runs of a common seed. */
export interface Order {
  /** Number of pairs; those that are equal in the paper are left out. */
  readonly pairs: number;
  /** Pairs that are in the paper's order. */
  readonly alike: number;
  /** Pairs whose interval excludes 0. */
  readonly certain: number;
  /** Pairs of those that are in the paper's order. */
  readonly certainAlike: number;
}

/**
 * Compares the order of an experiment's methods, by accuracy over all images, with that of the paper.
 *
 * @param experiment The experiment.
 * @param paper The paper's tables.
 * @returns Numbers of pairs.
 */
export function orderOf(
  { recipes, runs, imbalance }: Experiment,
  paper: readonly PaperRow[],
): Order {
  const told = recipes.flatMap((recipe) => {
    const { all } = rowsOfRecipe(paper, recipe, imbalance).find(({ all }) => all !== null) ?? {};
    return all === null || all === undefined ? [] : [{ all, own: bySeed(runs, recipe, "all") }];
  });
  const pairs = told.flatMap((one, place) =>
    told.slice(place + 1).flatMap((other) => {
      const gain = pairedDifference(one.own, other.own);
      return gain === null || one.all === other.all ? [] : [{
        alike: Math.sign(gain.mean) === Math.sign(one.all - other.all),
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

/** Tells how much of the paper's order an experiment shows, in lines of Markdown. */
export function orderSentence(experiment: Experiment, paper: readonly PaperRow[]): string[] {
  const { pairs, alike, certain, certainAlike } = orderOf(experiment, paper);
  return pairs === 0 ? [] : [
    `Of ${counted(pairs, "pair")} of methods that the paper has, ${alike} ${
      alike === 1 ? "is" : "are"
    } in its order; of the ${certain} whose interval excludes 0, ${certainAlike}.`,
    "",
  ];
}
