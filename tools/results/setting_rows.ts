/**
 * How the runs of an experiment were trained, beside the recipe that follows the paper.
 *
 * @module
 */
import { recipe as recipeOf } from "../../lib/recipes/mod.ts";
import type { FinishedRun } from "./experiments.ts";

/** An augmentation as `config.json` describes it. */
type Described = { readonly name: string } & Readonly<Record<string, unknown>>;

/**
 * Tabulates the settings of a run and those of its recipe.
 *
 * @param run The run.
 * @returns Name of the setting, the run's value and the recipe's.
 */
export function settingRows(run: FinishedRun): string[][] {
  const { recipe: name, training, counts, size } = run;
  const recipe = recipeOf(name), passes = passesOf(run);
  const { network, iterations, batch, precision } = training as Record<string, number | string>;
  const stages = training.stages as { augment?: readonly Described[] }[] | undefined;
  const augment = stages?.[0].augment ?? training.augment as readonly Described[];
  return [
    ["network", `${network}`, recipe.network(counts.length, counts).name],
    ...(size ? [["image size", size.join(" × "), "–"]] : []),
    ["training images", thousands(passes.images), "–"],
    ["steps", thousands(Number(iterations)), thousands(recipe.iterations)],
    ["batch", `${batch}`, `${recipe.batch}`],
    ["passes over the images", `${passes.here}`, `${passes.recipe}`],
    ["augmentation", words(augment), words(recipe.augment as readonly Described[])],
    ["precision", `${precision}`, "–"],
  ];
}

/**
 * Computes how often a run goes over its training images, to the nearest integer.
 *
 * @param run The run.
 * @returns Passes of the run and of its recipe, and the number of training images.
 */
export function passesOf({ recipe: name, training, counts }: FinishedRun) {
  const images = counts.reduce((sum, count) => sum + count, 0);
  const passes = (steps: unknown, batch: unknown) =>
    Math.round(Number(steps) * Number(batch) / images);
  const { iterations, batch } = recipeOf(name);
  return {
    images,
    here: passes(training.iterations, training.batch),
    recipe: passes(iterations, batch),
  };
}

function words(augment: readonly Described[]): string {
  return augment.map(({ name, ...options }) =>
    [name, ...Object.entries(options).map(([option, value]) => `${option} ${value}`)].join(" ")
  ).join(", ") || "none";
}

/** Formats an integer with commas between thousands. */
export function thousands(value: number): string {
  return value.toLocaleString("en-US");
}
