/**
 * Recipes and their tokens for people.
 *
 * @module
 */
import { DATA_SETS, KINDS, type ListedRecipe } from "../../train/recipes/mod.ts";
import { wordWrap } from "../word_wrap.ts";
import { columns } from "./columns.ts";
import { wrapped } from "./wrapped.ts";

/** Spaces between columns. */
const GAP = "  ";
/** A column of text that is narrower is hard to read. */
const LEAST = 24;

/**
 * Formats recipes: a table with a line for each, whose texts are wrapped where the width asks for it; where it is too
 * small for columns, a paragraph for each.
 *
 * @param recipes From `listRecipes()`.
 * @param width Characters in a line; by default lines are as long as they are.
 * @returns Name, row of the paper, what it does, source. Names are never broken, for they are copied.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const recipe = { name: "builtin/ce", about: "cross-entropy", row: "–", source: "the paper" };
 * assertEquals(recipeTable([recipe]).split("\n")[1], "builtin/ce  –    cross-entropy  the paper");
 * assertEquals(recipeTable([recipe], 30), "builtin/ce\n  cross-entropy (the paper)");
 * ```
 */
export function recipeTable(recipes: readonly ListedRecipe[], width = Infinity): string {
  const lines = [
    ["Recipe", "Row", "Method", "Source"],
    ...recipes.map(({ name, row, about, source }) => [name, row, about, source]),
  ];
  const widths = columnWidths(lines, width);
  if (!widths) return recipes.map((recipe) => recipeParagraph(recipe, width)).join("\n");
  const cells = lines.flatMap((line) => wrappedLine(line, widths));
  return columns(cells, { left: 4 }).split("\n").map((line) => line.trimEnd()).join("\n");
}

/** Widths of the columns: names as they are, texts as wide as they may be; none where that is too little. */
function columnWidths(lines: readonly (readonly string[])[], width: number): number[] | undefined {
  const [names, ...texts] = lines[0].map((_, column) =>
    Math.max(...lines.map((line) => line[column].length))
  );
  let room = width - names - GAP.length * texts.length;
  const fitted = [...texts];
  // Narrow columns take what they need, and leave the others more.
  const order = [...texts.keys()].sort((a, b) => texts[a] - texts[b]);
  order.forEach((column, place) => {
    fitted[column] = Math.min(texts[column], Math.floor(room / (texts.length - place)));
    room -= fitted[column];
  });
  const readable = fitted.every((wide, column) => wide >= Math.min(texts[column], LEAST));
  return readable ? [names, ...fitted] : undefined;
}

/** A line of cells as lines of narrower cells. */
function wrappedLine(line: readonly string[], widths: readonly number[]): string[][] {
  const cells = line.map((text, column) => wordWrap(text, widths[column]));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) => cells.map((cell) => cell[i] ?? ""));
}

/** A recipe where there is no room for columns. */
function recipeParagraph({ name, row, about, source }: ListedRecipe, width: number): string {
  const indent = GAP.length;
  const said = row === "–" ? `${about} (${source})` : `${about} (${source}). ${row}`;
  const lines = wordWrap(said, Math.max(1, width - indent));
  return [name, ...lines.map((line) => " ".repeat(indent) + line)].join("\n");
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
