/**
 * The table of METHODS.md: every method with its rows in the paper, functions, recipe and tests, made from the
 * recipes' tokens and from what tests import.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { DATA_SETS, KINDS, listRecipes } from "../lib/train/recipes/mod.ts";

/** A method of the table. */
export interface MethodRow {
  /** What its kind is called. */
  readonly kind: string;
  /** Its token in recipes. */
  readonly token: string;
  /** What it does. */
  readonly about: string;
  /** Where it comes from. */
  readonly source: string;
  /** Rows of the paper that have it. */
  readonly rows: readonly string[];
  /** Public names that it is made of. */
  readonly functions: readonly string[];
  /** The shortest recipe with it. */
  readonly recipe: string;
  /** Tests that import the first of these names. */
  readonly tests: readonly string[];
  /** What it follows where its paper and its code differ. */
  readonly follows?: string;
}

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Rows of the paper and tests that are named for a method at most. */
const MOST = 2;

/** Methods that the paper quotes and that nobody can build: no formula of them could be found. */
const CITED = ["SuperDisco", "MBJ", "CBN"];

/**
 * Collects the table.
 *
 * @returns Its rows, kind by kind.
 */
export async function methodRows(): Promise<MethodRow[]> {
  const tests = await testFiles();
  const recipes = listRecipes().map((recipe) => ({
    ...recipe,
    tokens: recipe.name.slice(recipe.name.indexOf("/") + 1).split("+"),
  }));
  return Object.entries(KINDS).flatMap(([kind, { tokens }]) =>
    Object.entries(tokens).map(([token, { about, source, functions, follows }]) => {
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
    })
  );
}

/**
 * Writes the table down.
 *
 * @param rows From {@linkcode methodRows}.
 * @returns Markdown.
 */
export function methodTable(rows: readonly MethodRow[]): string {
  const some = (names: readonly string[], separator = ", ") =>
    names.slice(0, MOST).join(separator) +
    (names.length > MOST ? ` and ${names.length - MOST} more` : "");
  const code = (name: string) => `\`${name}\``;
  const linked = (path: string) => `[${path.replace(/^tests\//, "")}](${path})`;
  const sections = Map.groupBy(rows, ({ kind }) => kind);
  return [
    "# Methods",
    "",
    "Every token that a recipe can have, with the rows of the paper that have it, the functions behind it,",
    "the shortest recipe with it, and its tests; [tests/train/every_recipe_test.ts](tests/train/every_recipe_test.ts)",
    "trains each recipe through all of its stages. Written by `deno task methods`.",
    ...[...sections].flatMap(([kind, found]) => [
      "",
      `## ${kind[0].toUpperCase()}${kind.slice(1)}`,
      "",
      "| token | what it does | source | rows of the paper | functions | recipe | tests |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      ...found.map(({ token, about, source, rows, functions, recipe, tests }) =>
        `| ${
          [
            code(token),
            about,
            source,
            some(rows, "; ") || "–",
            functions.map(code).join(", "),
            code(recipe),
            some(tests.map(linked)),
          ].join(" | ")
        } |`
      ),
    ]),
    "",
    "## Where a paper and its code differ",
    "",
    "Which of them recipes follow, and how the other can be had.",
    "",
    "| recipes with | follow |",
    "| --- | --- |",
    ...[...bySameReading(rows)].map(([follows, names]) =>
      `| ${names.map(code).join(", ")} | ${follows} |`
    ),
    "",
    "## Cited, not implemented",
    "",
    `${CITED.join(", ")}: the paper quotes their numbers; no formula could be found.`,
    "",
    "Table XIV trains Mask R-CNN on LVIS; this project recognises images and has no detector. What the",
    "table compares besides is here: `ce`, `eql`, `seesaw`, `nbn`, and `repeat-factor` sampling.",
    "",
  ].join("\n");
}

/** What data sets and tokens follow, with their names. */
function bySameReading(rows: readonly MethodRow[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, follows?: string) => {
    if (follows !== undefined) found.set(follows, [...found.get(follows) ?? [], name]);
  };
  for (const [name, { follows }] of Object.entries(DATA_SETS)) add(`${name}/`, follows);
  for (const { token, follows } of rows) add(token, follows);
  return found;
}

/** Whether a test imports a name. */
function imports(text: string, name: string): boolean {
  return [...text.matchAll(/import \{([^}]*)\}/g)]
    .some(([, names]) => new RegExp(`\\b${name}\\b`).test(names));
}

/** All tests, those of the rooms that methods live in first. */
async function testFiles(): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  const walk = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(`${ROOT}${folder}`)) {
      const path = `${folder}/${name}`;
      if (isDirectory) await walk(path);
      else if (name.endsWith("_test.ts")) {
        found.push({ path, text: await Deno.readTextFile(`${ROOT}${path}`) });
      }
    }
  };
  await walk("tests");
  const place = ({ path }: { path: string }) =>
    ["losses", "samplers", "post_hoc", "nn", "data/mix", "train"]
      .findIndex((room) => path.startsWith(`tests/${room}/`)) >>> 0;
  return found.sort((a, b) => place(a) - place(b) || (a.path < b.path ? -1 : 1));
}

if (import.meta.main) {
  const path = `${ROOT}METHODS.md`;
  await Deno.writeTextFile(path, methodTable(await methodRows()));
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", path] })
    .output();
  Deno.exit(success ? 0 : 1);
}
