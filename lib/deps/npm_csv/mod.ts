/**
 * A replacement of `jsr:@std/csv` over the npm packages csv-parse and csv-stringify, for machines that cannot reach JSR:
 * the same names, signatures and options as far as this project uses them.
 *
 * @module
 */
import { ON_USE } from "../on_use.ts";
import { makeParse, type Parse, type ParseRecords } from "./parse.ts";
import { makeStringify, type Stringify, type WriteRecords } from "./stringify.ts";

/** The functions of the package that are used. */
export interface Csv {
  /** Parses comma-separated values. */
  readonly parse: Parse;
  /** Serialises comma-separated values. */
  readonly stringify: Stringify;
}

/**
 * Loads the npm packages.
 *
 * @returns The replacement.
 */
export async function npmCsv(): Promise<Csv> {
  const [reader, writer]: [{ parse: ParseRecords }, { stringify: WriteRecords }] = await Promise
    .all([
      import(`npm:csv-parse@7.0.3/${ON_USE}sync`),
      import(`npm:csv-stringify@6.9.0/${ON_USE}sync`),
    ]);
  return { parse: makeParse(reader.parse), stringify: makeStringify(writer.stringify) };
}
