/**
 * The paper's Table XIV.
 *
 * @module
 */
import { DataError } from "../../lib/core/errors.ts";
import { csv } from "../../lib/deps/csv.ts";
import { AP_OF_DETECTORS } from "../../lib/notebooks/detectors.ts";

/** Average precision of a method in percent, keyed as `AP_OF_DETECTORS`. */
export type PaperAp = Readonly<Record<string, number>>;

/**
 * Reads the paper's table of detectors.
 *
 * @param path Path of the file.
 * @returns Its rows by method, the recipe without its data set.
 * @throws {DataError} If the file cannot be read, or has other columns.
 */
export async function readDetectionPaper(path: string): Promise<ReadonlyMap<string, PaperAp>> {
  const { parse } = await csv(), columns = Object.keys(AP_OF_DETECTORS);
  try {
    const rows = parse(await Deno.readTextFile(path), { skipFirstRow: true });
    return new Map(rows.map(({ table: _, recipe, ...numbers }) => {
      const values = Object.values(numbers).map(Number);
      if (recipe === undefined || values.length !== columns.length || values.some(Number.isNaN)) {
        throw new TypeError(`a row of ${recipe} with other columns`);
      }
      return [methodOf(recipe), Object.fromEntries(columns.map((name, i) => [name, values[i]]))];
    }));
  } catch (cause) {
    throw new DataError(
      `Expected the paper's Table XIV at ${path} but could not read it: ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
}

/** A recipe without its data set. */
export function methodOf(recipe: string): string {
  return recipe.slice(recipe.indexOf("/") + 1);
}
