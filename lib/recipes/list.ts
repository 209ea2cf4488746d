/**
 * The list of recipes: those of the paper's rows, and every method on some data sets.
 *
 * @module
 */
import { type AnyToken, KINDS, needsOf } from "./kinds.ts";
import { method } from "./method.ts";
import { PAPER_TABLES, type PaperTable } from "./paper.ts";
import { DATA_SETS, partsOf, TOKENS } from "./registry.ts";

/** A recipe with the rows of the paper that it reproduces. */
export interface ListedRecipe {
  /** For instance `cifar10-lt/ce+nbn+lr`. */
  readonly name: string;
  /** Description of its method. */
  readonly about: string;
  /** Tables and rows of the paper, for instance `Table I, Cross Entropy + Ours`; `–` if there are none. */
  readonly row: string;
  /** Publications of its method. */
  readonly source: string;
}

/** Methods of several tokens that are listed besides those of the paper. */
const COMBINATIONS: readonly string[] = [
  ...["ride3+balanced-softmax", "ride3+xerm", "ride3+nbn", "ride3+nbn-a", "ride3+mbj"],
  ...["mislas+nbn", "lws+nbn", "disalign+nbn+lr", "logn+nbn", "balanced-softmax+cmo+nbn+lr"],
];

const { tokens: known } = partsOf();

/**
 * Returns the shortest method with a token: the token, those that it needs, and the baseline where nothing brings a loss.
 *
 * @param token The token.
 * @returns For instance `ce+drw`.
 */
function shortestWith(token: AnyToken): string {
  if (token.example) return token.example;
  const needed = Object.keys(needsOf(token))
    .filter((name) => known.has(name) && !token.brings?.includes(name));
  const names = [token.name, ...needed];
  const hasLoss = [...names, ...token.brings ?? []].some((name) =>
    known.get(name)!.kind === "loss"
  );
  const index = (name: string) => KINDS.indexOf(known.get(name)!.kind);
  return [...names, ...hasLoss ? [] : [BASELINE]].sort((a, b) => index(a) - index(b)).join("+");
}

/** The method that all others are compared with, and the first row of every table. */
const BASELINE = "ce";

/** Rows of a table by method. */
function rowsOf({ table, methods }: PaperTable): [string, string][] {
  const single = TOKENS.flatMap((token): [string, string][] =>
    token.rows?.[table] === undefined ? [] : [[shortestWith(token), token.rows[table]]]
  );
  const isBaseline = ([method]: [string, string]) => Number(method === BASELINE);
  return [
    ...single.sort((a, b) => isBaseline(b) - isBaseline(a)),
    ...Object.entries(methods ?? {}),
  ];
}

/** Methods that are listed with some data sets; together they cover every token. */
function methods(): ReadonlySet<string> {
  return new Set([
    ...PAPER_TABLES.flatMap((table) => rowsOf(table).map(([method]) => method)),
    ...TOKENS.map(shortestWith),
    ...COMBINATIONS,
  ]);
}

/**
 * Lists recipes: those of the paper's rows, and every other method on the data sets of small images. Any other
 * combination of compatible tokens is a valid recipe too.
 *
 * @returns Each recipe once, with all of its rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listRecipes } from "@nbn/toolkit/recipes";
 *
 * const ours = listRecipes().find(({ name }) => name === "cifar10-lt/ce+nbn+lr");
 * assertEquals(ours?.row, "Table I, Cross Entropy + Ours");
 * ```
 */
export function listRecipes(): readonly ListedRecipe[] {
  const rows = new Map<string, string[]>();
  for (const table of PAPER_TABLES) {
    for (const [tokens, row] of rowsOf(table)) {
      const name = `${table.dataSet}/${tokens}`;
      rows.set(name, [...rows.get(name) ?? [], `${table.table}, ${row}`]);
    }
  }
  const all = methods();
  for (const { name } of DATA_SETS.filter(({ everyMethod }) => everyMethod)) {
    for (const tokens of all) {
      if (!rows.has(`${name}/${tokens}`)) rows.set(`${name}/${tokens}`, []);
    }
  }
  return [...rows].map(([name, found]) => {
    const tokens = name.slice(name.indexOf("/") + 1).split("+");
    return {
      name,
      about: method(tokens, name, known).about,
      row: found.join("; ") || "–",
      source: [...new Set(tokens.map((token) => known.get(token)!.source))].join("; "),
    };
  });
}
