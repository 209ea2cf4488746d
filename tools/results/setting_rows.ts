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
export function settingRows({ recipe: name, training, counts, size }: FinishedRun): string[][] {
  const recipe = recipeOf(name);
  const images = counts.reduce((sum, count) => sum + count, 0);
  const { network, iterations, batch, precision } = training as Record<string, number | string>;
  const passes = (steps: number, batch: number) => Math.round(steps * batch / images);
  const stages = training.stages as { augment?: readonly Described[] }[] | undefined;
  const augment = stages?.[0].augment ?? training.augment as readonly Described[];
  return [
    ["network", `${network}`, recipe.network(counts.length, counts).name],
    ...(size ? [["image size", size.join(" × "), "–"]] : []),
    ["training images", thousands(images), "–"],
    ["steps", thousands(Number(iterations)), thousands(recipe.iterations)],
    ["batch", `${batch}`, `${recipe.batch}`],
    [
      "passes over the images",
      `${passes(Number(iterations), Number(batch))}`,
      `${passes(recipe.iterations, recipe.batch)}`,
    ],
    ["augmentation", words(augment), words(recipe.augment as readonly Described[])],
    ["precision", `${precision}`, "–"],
  ];
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
