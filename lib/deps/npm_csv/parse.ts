/**
 * Parsing of comma-separated values.
 *
 * @module
 */

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /**
   * Character between values.
   *
   * @default {","}
   */
  separator?: string;
  /** Character that begins a comment line, which is skipped. */
  comment?: string;
  /**
   * Whether spaces in front of a value are dropped.
   *
   * @default {false}
   */
  trimLeadingSpace?: boolean;
  /**
   * Whether a quote may appear inside a value that is not quoted.
   *
   * @default {false}
   */
  lazyQuotes?: boolean;
  /**
   * Number of values that every row must have; 0 takes that of the first row, a negative number or
   * `undefined` allows any.
   */
  fieldsPerRecord?: number;
  /**
   * Whether the first row is excluded from the result; it names the columns unless `columns` does.
   *
   * @default {false}
   */
  skipFirstRow?: boolean;
  /** Names of the columns. */
  columns?: readonly string[];
}

/** A row as a record, keyed by column name. */
export type RecordWithColumn<C extends string> = string extends C ? Record<string, string>
  : { [Name in C]: string };

/** Rows as arrays, or as records if the options set `columns` or `skipFirstRow`. */
export type ParseResult<T> = T extends { columns: readonly (infer C extends string)[] }
  ? RecordWithColumn<C>[]
  : T extends { skipFirstRow: true } ? Record<string, string>[]
  : T extends { skipFirstRow?: false; columns?: undefined } ? string[][]
  : Record<string, string>[] | string[][];

/** The function `parse` of the package. */
export interface Parse {
  /** Parses comma-separated values into one array per row. */
  (input: string): string[][];
  /** Parses comma-separated values into one array, or one record, per row. */
  <const T extends ParseOptions>(input: string, options: T): ParseResult<T>;
}

/** The function `parse` of csv-parse. */
export type ParseRecords = typeof import("npm:csv-parse@7.0.3/sync").parse;

/**
 * Creates `parse`.
 *
 * @param parseRecords The function that it is made from.
 * @returns The function.
 */
export function makeParse(parseRecords: ParseRecords): Parse {
  return ((input: string, options: ParseOptions = {}) =>
    named(readRows(parseRecords, input, options), options)) as Parse;
}

/** Checks the lengths of rows, and turns rows into records if the options name columns. */
function named(
  rows: string[][],
  options: ParseOptions,
): string[][] | Record<string, string>[] {
  checkLengths(rows, options.fieldsPerRecord);
  if (!options.skipFirstRow && !options.columns) return rows;
  const first = options.skipFirstRow ? rows.shift() : undefined;
  if (options.skipFirstRow && first === undefined) {
    throw new TypeError("Cannot parse input: headers must be defined");
  }
  const names = options.columns ?? first!;
  return rows.map((row, index) => {
    if (row.length !== names.length) {
      throw new SyntaxError(
        `Syntax error on line ${index + (first ? 2 : 1)}: ` +
          `The record has ${row.length} fields, but the header has ${names.length} fields`,
      );
    }
    return Object.fromEntries(names.map((name, column) => [name, row[column]]));
  });
}

function readRows(
  parseRecords: ParseRecords,
  input: string,
  options: ParseOptions,
): string[][] {
  try {
    return parseRecords(input, {
      bom: true,
      delimiter: options.separator ?? ",",
      record_delimiter: ["\r\n", "\n"],
      comment: options.comment ?? null,
      comment_no_infix: true,
      ltrim: options.trimLeadingSpace ?? false,
      relax_quotes: options.lazyQuotes ?? false,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as string[][];
  } catch (cause) {
    throw new SyntaxError(`Syntax error: ${(cause as Error).message}`, { cause });
  }
}

function checkLengths(rows: readonly string[][], wanted: number | undefined): void {
  if (wanted === undefined || wanted < 0 || rows.length === 0) return;
  const length = wanted || rows[0].length;
  rows.forEach((row, index) => {
    if (row.length !== length) {
      throw new SyntaxError(
        `Syntax error on line ${index + 1}: expected ${length} fields but got ${row.length}`,
      );
    }
  });
}
