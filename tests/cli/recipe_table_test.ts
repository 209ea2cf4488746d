import { assert, assertEquals, assertThrows } from "@std/assert";
import { recipeTable } from "../../lib/cli/train/recipe_table.ts";
import { wordWrap } from "../../lib/cli/word_wrap.ts";
import { listRecipes } from "../../lib/recipes/mod.ts";

const recipes = listRecipes();

/** Returns the words of a text, ignoring lines and columns. */
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "").sort();

Deno.test("wordWrap() keeps every word and exceeds the width in no line", () => {
  const text = recipes.map(({ about }) => about).join(" ");
  for (const width of [1, 7, 24, 61, 1000]) {
    const lines = wordWrap(text, width);
    assert(lines.every((line) => line.length <= width), `${width}`);
    if (width >= 24) assertEquals(lines.join(" "), text);
    else assertEquals(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  }
  assertEquals(wordWrap("", 5), [""]);
  assertEquals(wordWrap("one two three", 5, 4), ["one", "two", "three"]);
  assertEquals(wordWrap("one two", 5, 2), ["", "one", "two"]);
  assertEquals(wordWrap("seventeen", 4, 0), ["", "seve", "ntee", "n"]);
  assertThrows(() => wordWrap("text", 0), RangeError, "at least 1 but found 0");
});

Deno.test("recipeTable() fits every width without losing a word", () => {
  const whole = wordsOf(recipeTable(recipes));
  for (const width of [118, 119, 140, 160, 300, 700]) {
    const table = recipeTable(recipes, width);
    for (const line of table.split("\n")) assert(line.length <= width, `${width}: ${line}`);
    assertEquals(wordsOf(table), whole, `${width}`);
    // The first column contains only complete names.
    for (const { name } of recipes) assert(table.includes(`\n${name}  `), `${width}: ${name}`);
  }
});

Deno.test("recipeTable() prints paragraphs when the width is too small for columns", () => {
  for (const width of [42, 60, 80, 100, 117]) {
    const lines = recipeTable(recipes, width).split("\n");
    for (const line of lines) assert(line.length <= width, `${width}: ${line}`);
    assertEquals(
      lines.filter((line) => !line.startsWith("  ")),
      recipes.map(({ name }) => name),
    );
  }
  const [first] = recipes;
  const lines = [first.name, "  cross-entropy (the paper's", "  baseline). Table I, Cross"];
  assertEquals(recipeTable(recipes, 30).split("\n").slice(0, 3), lines);
});

Deno.test("recipeTable() prints one line per recipe when no width is given", () => {
  const lines = recipeTable(recipes).split("\n");
  assertEquals(lines.length, 1 + recipes.length);
  assertEquals(lines[0].split("\t"), ["Recipe", "Row", "Method", "Source"]);
});
