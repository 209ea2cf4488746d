/**
 * The list of detection recipes: those of the paper's Table XIV, and the same on the built-in scenes.
 *
 * @module
 */
import type { ListedRecipe } from "../../recipes/list.ts";
import { DETECTION_DATA_SETS, DETECTION_TOKENS, detectionRecipe } from "./detection_recipe.ts";

/** The table of the paper, and its data set. */
const TABLE = "Table XIV", DATA_SET = "lvis";

/** Endings of the methods of each loss, with what the paper calls them. */
const ENDINGS: Readonly<Record<string, string | undefined>> = {
  "": "",
  "+nbn": " + NBN",
  "+repeat-factor": undefined,
};

/** Losses whose row the paper has with NBN, too. */
const WITH_NBN = ["ce", "seesaw"];

/**
 * Lists detection recipes, each loss with and without NBN and with repeat factors. Any other combination of tokens is a
 * valid recipe too.
 *
 * @returns The recipes, with the rows of the paper that they reproduce.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listDetectionRecipes } from "@nbn/toolkit/detection";
 *
 * const ours = listDetectionRecipes().find(({ name }) => name === "lvis/mask-rcnn+seesaw+nbn");
 * assertEquals(ours?.row, "Table XIV, Seesaw + NBN");
 * ```
 */
export function listDetectionRecipes(): readonly ListedRecipe[] {
  const losses = DETECTION_TOKENS.filter(({ kind }) => kind === "loss of regions");
  return DETECTION_DATA_SETS.flatMap((dataSet) =>
    losses.flatMap((loss) =>
      Object.entries(ENDINGS).map(([ending, suffix]) => {
        const { name, about, source } = detectionRecipe(
          `${dataSet.name}/mask-rcnn+${loss.name}${ending}`,
        );
        const isRow = dataSet.name === DATA_SET && suffix !== undefined &&
          (ending === "" || WITH_NBN.includes(loss.name));
        return {
          name,
          about,
          source,
          row: isRow ? `${TABLE}, ${loss.rows![TABLE]}${suffix}` : "–",
        };
      })
    )
  );
}
