/**
 * The numbers of the paper's tables.
 *
 * @module
 */
import { DataError } from "../../lib/core/errors.ts";
import { csv } from "../../lib/deps/csv.ts";
import { listRecipes } from "../../lib/recipes/mod.ts";

/** Accuracies in percent; `null` where a table has none. */
export type Accuracies = Readonly<Record<"all" | "head" | "medium" | "tail", number | null>>;

/** A row of one of the paper's tables. */
export interface PaperRow extends Accuracies {
  /** For instance `Table VI`. */
  readonly table: string;
  /** Data set, as recipes name it. */
  readonly dataSet: string;
  /** Imbalance; `null` where the data set has one of its own. */
  readonly imbalance: number | null;
  /** Name of the row. */
  readonly row: string;
  /** Variance over channels of the means of features (equation 5). */
  readonly varianceOfMeans: number | null;
  /** Variance over channels of the deviations of features (equation 6). */
  readonly varianceOfDeviations: number | null;
}

const TEXTS = ["table", "dataSet", "row"] as const;
const NUMBERS = [
  ...["imbalance", "all", "head", "medium", "tail"] as const,
  ...["varianceOfMeans", "varianceOfDeviations"] as const,
];

/**
 * Reads the paper's numbers.
 *
 * @param path A CSV file such as `data/paper.csv`.
 * @returns One entry for each row of each table.
 * @throws {DataError} If the file cannot be read, lacks a column, or has a number that is none.
 */
export async function readPaper(path: string): Promise<PaperRow[]> {
  const { parse } = await csv();
  try {
    const rows = parse(await Deno.readTextFile(path), { skipFirstRow: true });
    return rows.map((row) => {
      const texts = TEXTS.map((name) => [name, fieldOf(row, name)] as const);
      const numbers = NUMBERS.map((name) => [name, numberOf(fieldOf(row, name))] as const);
      return Object.fromEntries([...texts, ...numbers]) as unknown as PaperRow;
    });
  } catch (cause) {
    throw new DataError(
      `Expected the paper's tables at ${path} but could not read them: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function fieldOf(row: Readonly<Record<string, string | undefined>>, name: string): string {
  const text = row[name];
  if (text === undefined) throw new TypeError(`there is no column ${name}`);
  return text;
}

function numberOf(text: string): number | null {
  if (text === "") return null;
  const number = Number(text);
  if (Number.isNaN(number)) throw new TypeError(`"${text}" is no number`);
  return number;
}

/**
 * Finds the rows of the paper that a recipe reproduces, those with the most numbers first.
 *
 * @param paper From {@linkcode readPaper}.
 * @param recipe Name of a recipe.
 * @param imbalance Imbalance of its training set, if the recipe has one.
 * @returns The rows, possibly none.
 */
export function rowsOfRecipe(
  paper: readonly PaperRow[],
  recipe: string,
  imbalance?: number,
): PaperRow[] {
  // The balanced set is a data set of its own in the paper.
  const named = imbalance === 1 ? recipe.replace("-lt/", "/") : recipe;
  const listed = listRecipes().find(({ name }) => name === named)?.row.split("; ") ?? [];
  const known = ({ all, head, medium, tail }: PaperRow) =>
    [all, head, medium, tail].filter((value) => value !== null).length;
  return paper.filter((row) =>
    row.dataSet === named.slice(0, named.indexOf("/")) &&
    (row.imbalance === null || row.imbalance === imbalance) &&
    listed.includes(`${row.table}, ${row.row}`)
  ).sort((a, b) => known(b) - known(a));
}

/** A gain in a table of the paper. */
export interface PaperGain extends Accuracies {
  /** The table that has both rows. */
  readonly table: string;
}

/**
 * Returns what a method gains over another in the paper.
 *
 * @param after Rows of the method.
 * @param before Rows of the other.
 * @returns The differences within the first table that has both; `undefined` if there is none.
 */
export function paperGain(
  after: readonly PaperRow[],
  before: readonly PaperRow[],
): PaperGain | undefined {
  for (const row of after) {
    const other = before.find(({ table }) => table === row.table);
    if (!other) continue;
    const gain = (group: keyof Accuracies) =>
      row[group] === null || other[group] === null ? null : row[group] - other[group];
    return {
      table: row.table,
      all: gain("all"),
      head: gain("head"),
      medium: gain("medium"),
      tail: gain("tail"),
    };
  }
}
