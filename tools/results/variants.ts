/**
 * Variants of NBN, each of which changes one thing: which of them gain what the paper's NBN does.
 *
 * @module
 */
import { countedGainCell } from "../../lib/notebooks/estimate_cells.ts";
import { TOKENS } from "../../lib/recipes/mod.ts";
import { code, markdownTable } from "../markdown.ts";
import type { ExperimentGains } from "./conclusions.ts";
import { baselinesOf } from "./gains.ts";

/**
 * Tabulates the gains of the variants of NBN over the loss without it, and over NBN itself.
 *
 * @param found The gains of each experiment.
 * @returns Lines of Markdown; none if no variant has been trained.
 */
export function variantLines(found: readonly ExperimentGains[]): string[] {
  const rows = found.flatMap(({ experiment, gains }) => {
    const overNbn = gains.filter(({ recipe, baseline }) =>
      variantOf(recipe) !== undefined && baseline.endsWith("+nbn")
    );
    return overNbn.map((gain) => {
      const [plain] = baselinesOf(gain.recipe);
      const overLoss = gains.find(({ recipe, baseline }) =>
        recipe === gain.recipe && baseline === plain
      );
      return { experiment: experiment.name, gain, overLoss };
    });
  });
  if (rows.length === 0) return [];
  return [
    "## Variants of NBN",
    "",
    "Each changes one thing in NBN; gains over all images, with the number of seeds.",
    "",
    ...markdownTable(
      ["variant", "what it changes", "experiment", "over the loss alone", "over NBN"],
      rows.map(({ experiment, gain, overLoss }) => [
        code(gain.recipe),
        aboutOf(gain.recipe),
        experiment,
        countedGainCell(overLoss?.all ?? null),
        countedGainCell(gain.all),
      ]),
    ),
    "",
  ];
}

/** Returns the token of a recipe that is a variant of NBN. */
function variantOf(recipe: string): string | undefined {
  return recipe.split(/[/+]/).find((token) => token.startsWith("nbn-"));
}

function aboutOf(recipe: string): string {
  return TOKENS.find(({ name }) => name === variantOf(recipe))?.about ?? "–";
}
