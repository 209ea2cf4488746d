/**
 * Recipes and their tokens for people.
 *
 * @module
 */
import { DATA_SETS, KINDS, type ListedRecipe } from "../../train/recipes/mod.ts";
import { columns } from "./columns.ts";
import { wrapped } from "./wrapped.ts";

/**
 * Formats recipes, one line for each.
 *
 * @param recipes From `listRecipes()`.
 * @returns Name, row of the paper, what it does, source.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const recipe = { name: "builtin/ce", about: "cross-entropy", row: "–", source: "the paper" };
 * assertEquals(recipeTable([recipe]).split("\n")[1], "builtin/ce  –    cross-entropy  the paper");
 * ```
 */
export function recipeTable(recipes: readonly ListedRecipe[]): string {
  const lines = [
    ["Recipe", "Row", "Method", "Source"],
    ...recipes.map(({ name, row, about, source }) => [name, row, about, source]),
  ];
  return columns(lines, { left: 4 }).split("\n").map((line) => line.trimEnd()).join("\n");
}

/** Characters that the name of a kind of tokens takes. */
const KIND = 17;

/**
 * The part of `--help` that tells of data sets and tokens, kind by kind.
 *
 * @param column Where it begins.
 * @returns Lines.
 */
export function tokenLines(column: number): string {
  const kinds = Object.entries(KINDS).map(([kind, { tokens }]) =>
    [kind, Object.keys(tokens)] as const
  );
  return [["data set", Object.keys(DATA_SETS)] as const, ...kinds]
    .map(([kind, names]) =>
      wrapped(`${" ".repeat(column)}${kind}`, names.join(", "), column + KIND)
    ).join("\n");
}
