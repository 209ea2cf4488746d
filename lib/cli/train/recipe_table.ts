/**
 * Recipes and their tokens as text.
 *
 * @module
 */
import { KINDS, ofKind } from "../../recipes/kinds.ts";
import type { ListedRecipe } from "../../recipes/list.ts";
import { DATA_SETS, TOKENS } from "../../recipes/registry.ts";
import { wordWrap } from "../word_wrap.ts";
import { columns } from "./columns.ts";
import { wrapped } from "./wrapped.ts";

/** Spaces between columns. */
const GAP = "  ";
/** Minimum width at which wrapped text is readable. */
const MIN_WIDTH = 24;

/**
 * Formats recipes as a table whose texts are wrapped to the given width, as paragraphs if the width is too small for
 * columns, or with tabs between cells where no width is given, as in a pipe.
 *
 * @param recipes From `listRecipes()`.
 * @param width Maximum number of characters in a line; without it, each recipe is one line.
 * @returns Name, row of the paper, method and source of each recipe. Names are not broken, so that they can be copied.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const recipe = { name: "builtin/ce", about: "cross-entropy", row: "–", source: "the paper" };
 * assertEquals(recipeTable([recipe]).split("\n")[1], "builtin/ce\t–\tcross-entropy\tthe paper");
 * assertEquals(recipeTable([recipe], 30), "builtin/ce\n  cross-entropy (the paper)");
 * ```
 */
export function recipeTable(recipes: readonly ListedRecipe[], width?: number): string {
  const lines = [
    ["Recipe", "Row", "Method", "Source"],
    ...recipes.map(({ name, row, about, source }) => [name, row, about, source]),
  ];
  if (width === undefined) return lines.map((line) => line.join("\t")).join("\n");
  const widths = columnWidths(lines, width);
  if (!widths) return recipes.map((recipe) => recipeParagraph(recipe, width)).join("\n");
  const cells = lines.flatMap((line) => wrappedLine(line, widths));
  return columns(cells, { left: 4 }).split("\n").map((line) => line.trimEnd()).join("\n");
}

/** Computes the widths of the columns: names in full, texts as wide as possible; `undefined` if that is too narrow. */
function columnWidths(lines: readonly (readonly string[])[], width: number): number[] | undefined {
  const [names, ...texts] = lines[0].map((_, column) =>
    Math.max(...lines.map((line) => line[column].length))
  );
  let room = width - names - GAP.length * texts.length;
  const fitted = [...texts];
  // Columns with short texts come first, so that the width they do not need goes to the others.
  const order = [...texts.keys()].sort((a, b) => texts[a] - texts[b]);
  order.forEach((column, index) => {
    fitted[column] = Math.min(texts[column], Math.floor(room / (texts.length - index)));
    room -= fitted[column];
  });
  const readable = fitted.every((wide, column) => wide >= Math.min(texts[column], MIN_WIDTH));
  return readable ? [names, ...fitted] : undefined;
}

/** Wraps the cells of a row into rows of narrower cells. */
function wrappedLine(line: readonly string[], widths: readonly number[]): string[][] {
  const cells = line.map((text, column) => wordWrap(text, widths[column]));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) => cells.map((cell) => cell[i] ?? ""));
}

/** Formats a recipe as a paragraph. */
function recipeParagraph({ name, row, about, source }: ListedRecipe, width: number): string {
  const indent = GAP.length;
  const said = row === "–" ? `${about} (${source})` : `${about} (${source}). ${row}`;
  const lines = wordWrap(said, Math.max(1, width - indent));
  return [name, ...lines.map((line) => " ".repeat(indent) + line)].join("\n");
}

/** Width of the column of token kinds, in characters. */
const KIND = 17;

/**
 * Formats the part of `--help` that lists data sets and tokens by kind.
 *
 * @param column Indentation in characters.
 * @returns The text, a line or more for each kind.
 */
export function tokenLines(column: number): string {
  const kinds = KINDS.map((kind) => ({ kind, parts: ofKind(TOKENS, kind) }));
  return [{ kind: "data set", parts: DATA_SETS }, ...kinds].map(({ kind, parts }) => {
    const names = parts.map(({ name }) => name).join(", ");
    return wrapped(`${" ".repeat(column)}${kind}`, names, column + KIND);
  }).join("\n");
}
