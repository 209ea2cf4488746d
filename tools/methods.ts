/**
 * Generates docs/methods.md from the recipe tokens and the imports of tests: every method with its rows in the paper,
 * functions, recipe and tests.
 *
 * @module
 */
import { DETECTION_TOKENS } from "../lib/detection/recipes/detection_recipe.ts";
import { listDetectionRecipes } from "../lib/detection/recipes/list.ts";
import { listRecipes } from "../lib/recipes/list.ts";
import type { Token } from "../lib/recipes/token.ts";
import { DATA_SETS, TOKENS } from "../lib/recipes/registry.ts";
import * as samplers from "../lib/samplers/mod.ts";
import { filesIn } from "./files_in.ts";
import { code, markdownTable } from "./markdown.ts";
import { writePage } from "./write_page.ts";

/** A method of the table. */
export interface MethodRow {
  /** Kind of the method. */
  readonly kind: string;
  /** Token of the method in recipes. */
  readonly token: string;
  /** One-line description. */
  readonly about: string;
  /** Source in the literature. */
  readonly source: string;
  /** Rows of the paper that use it. */
  readonly rows: readonly string[];
  /** Public functions that implement it. */
  readonly functions: readonly string[];
  /** The shortest recipe with it. */
  readonly recipe: string;
  /** Paths of the tests that import one of these functions. */
  readonly tests: readonly string[];
  /** Which of the two it follows where its paper and its published code differ. */
  readonly follows?: string;
}

const ROOT = new URL("../", import.meta.url);

/** Golden values of samplers, by name. */
const GOLDEN_SAMPLERS = Deno.readTextFileSync(new URL("tests/golden/samplers.json", ROOT));

/** Maximum number of rows of the paper, and of tests, listed for a method. */
const MOST = 2;

/**
 * Collects the rows of the table.
 *
 * @returns The rows, grouped by kind.
 */
export function methodRows(): MethodRow[] {
  const tests = testFiles();
  return [
    ...rowsOf(TOKENS, listRecipes(), tests),
    ...rowsOf(
      DETECTION_TOKENS.map((token) => ({ ...token, kind: `${DETECTION}${token.kind}` })),
      listDetectionRecipes(),
      tests,
    ),
  ];
}

/** Prefix of the kinds of detection tokens. */
const DETECTION = "detection: ";

function rowsOf(
  tokens: readonly (Token & { readonly kind: string })[],
  list: ReturnType<typeof listRecipes>,
  tests: ReturnType<typeof testFiles>,
): MethodRow[] {
  const recipes = list.map((recipe) => ({
    ...recipe,
    tokens: recipe.name.slice(recipe.name.indexOf("/") + 1).split("+"),
  }));
  return tokens.map(({ kind, name: token, about, source, functions, follows }) => {
    const having = recipes.filter(({ tokens }) => tokens.includes(token))
      .sort((a, b) => a.tokens.length - b.tokens.length);
    return {
      kind,
      token,
      about,
      source,
      functions,
      follows,
      rows: [...new Set(having.flatMap(({ row }) => row === "–" ? [] : row.split("; ")))],
      recipe: having[0]?.name ?? "",
      tests: tests.filter(({ text }) => functions.some((name) => imports(text, name)))
        .map(({ path }) => path),
    };
  });
}

/**
 * Formats the table as Markdown.
 *
 * @param rows From {@linkcode methodRows}.
 * @returns The text of docs/methods.md.
 */
export function methodTable(rows: readonly MethodRow[]): string {
  const some = (names: readonly string[], separator: string, others: (count: number) => string) =>
    names.slice(0, MOST).join(separator) +
    (names.length > MOST ? others(names.length - MOST) : "");
  const linked = (path: string) => `[${path.replace(/^tests\//, "")}](../${path})`;
  const reconstructions = rows.filter(({ about }) => about.endsWith("(a reconstruction)"))
    .map(({ token }) => token);
  const sections = Map.groupBy(rows, ({ kind }) => kind);
  return [
    "# Methods",
    "",
    "Every token that a recipe can have, with its rows of the paper, the functions that implement it,",
    "the shortest recipe with it, and its tests; [tests/recipes/every_recipe_test.ts](../tests/recipes/every_recipe_test.ts)",
    "trains each recipe through all of its stages. Written by `deno task methods`.",
    ...[...sections].flatMap(([kind, found]) => [
      "",
      `## ${kind[0].toUpperCase()}${kind.slice(1)}`,
      "",
      ...markdownTable(
        ["token", "what it does", "source", "rows of the paper", "functions", "recipe", "tests"],
        found.map(({ token, about, source, rows, functions, recipe, tests }) => [
          code(token),
          about,
          source,
          some(rows, "; ", (count) => ` and ${count} more`) || "–",
          functions.map(code).join(", "),
          code(recipe),
          // Without their number, which a new test anywhere would change.
          some(tests.map(linked), ", ", () => " and others"),
        ]),
      ),
    ]),
    "",
    "## Where a paper and its code differ",
    "",
    "Which of them recipes follow, and how to select the other.",
    "",
    ...markdownTable(
      ["recipes with", "follow"],
      [...bySameReading(rows)].map(([follows, names]) => [names.map(code).join(", "), follows]),
    ),
    "",
    "## Reconstructions",
    "",
    `${
      reconstructions.map(code).join(", ")
    }: no copy of the paper with its formulas was available. Their`,
    "functions, and the table above, say what is the paper's, what is inferred and what is chosen here. No other source",
    "was found for the chosen constants, so accuracies need not be those that the paper quotes.",
    "",
  ].join("\n");
}

/** Groups the names of data sets and tokens by what they follow. */
function bySameReading(rows: readonly MethodRow[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, follows?: string) => {
    if (follows !== undefined) found.set(follows, [...found.get(follows) ?? [], name]);
  };
  for (const { name, follows } of DATA_SETS) add(`${name}/`, follows);
  for (const { token, kind, follows } of rows) {
    // The names of some tokens are also those of tokens of classification.
    const isShared = kind.startsWith(DETECTION) && token !== "mask-rcnn";
    add(isShared ? `mask-rcnn+${token}` : token, follows);
  }
  return found;
}

/** Checks whether the source of a test imports a name, or all samplers and goes over them. */
function imports(text: string, name: string): boolean {
  if (name in samplers && /import \* as samplers from/.test(text)) {
    return !/golden/.test(text) || GOLDEN_SAMPLERS.includes(`"${name}"`);
  }
  return [...text.matchAll(/import \{([^}]*)\}/g)]
    .some(([, names]) => new RegExp(`\\b${name}\\b`).test(names));
}

/** Reads all tests, those of the folders that implement methods first. */
function testFiles(): { path: string; text: string }[] {
  const found = [...filesIn(new URL("tests/", ROOT), "_test.ts")]
    .map((file) => ({
      path: file.href.slice(ROOT.href.length),
      text: Deno.readTextFileSync(file),
    }));
  const index = ({ path }: { path: string }) =>
    ["losses", "samplers", "post_hoc", "nn", "data/mix", "train"]
      .findIndex((room) => path.startsWith(`tests/${room}/`)) >>> 0;
  return found.sort((a, b) => index(a) - index(b) || (a.path < b.path ? -1 : 1));
}

if (import.meta.main) {
  await writePage("docs/methods.md", methodTable(methodRows()));
}
