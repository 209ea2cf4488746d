/**
 * Recipes and their tokens for people.
 *
 * @module
 */
import { DATA_SETS, KINDS, type ListedRecipe } from "../../train/recipes/mod.ts";
import { columns } from "./columns.ts";

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

/** Width of the lines of `--help`. */
const WIDTH = 110;
/** Where the words of a flag begin. */
const INDENT = 24;
/** Where the names of tokens begin. */
const NAMES = INDENT + 17;

/**
 * The part of `--help` that tells of data sets and tokens, kind by kind.
 *
 * @returns Lines.
 */
export function tokenLines(): string {
  const kinds = Object.entries(KINDS).map(([kind, { tokens }]) =>
    [kind, Object.keys(tokens)] as const
  );
  return [["data set", Object.keys(DATA_SETS)] as const, ...kinds]
    .map(([kind, names]) => paragraph(kind, names)).join("\n");
}

function paragraph(kind: string, names: readonly string[]): string {
  const lines = [" ".repeat(INDENT) + kind.padEnd(NAMES - INDENT)];
  names.forEach((name, place) => {
    const word = place < names.length - 1 ? `${name},` : name;
    const line = lines[lines.length - 1];
    if (line.length + 1 + word.length > WIDTH) lines.push(" ".repeat(NAMES) + word);
    else lines[lines.length - 1] = line.length === NAMES ? line + word : `${line} ${word}`;
  });
  return lines.join("\n");
}
