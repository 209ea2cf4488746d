/**
 * Serialisation of comma-separated values.
 *
 * @module
 */

/** A key of a record, or an index of an array. */
export type PropertyAccessor = number | string;

/** A column with its own header. */
export type ColumnDetails = {
  /** The header, by default the last key of `prop`. */
  header?: string;
  /** Key of the value; an array is a path into nested records. */
  prop: PropertyAccessor | PropertyAccessor[];
};

/** A column: a property, a path of properties, or either with a header. */
export type Column = ColumnDetails | PropertyAccessor | PropertyAccessor[];

/** One row. */
export type DataItem = Readonly<Record<string, unknown> | unknown[]>;

/** Options of {@linkcode stringify}. */
export type StringifyOptions = {
  /**
   * Whether to write a header row if `columns` are given.
   *
   * @default {true}
   */
  headers?: boolean;
  /**
   * Characters between values.
   *
   * @default {","}
   */
  separator?: string;
  /** The columns; required for records. */
  columns?: readonly Column[];
  /**
   * Whether to write a byte-order mark.
   *
   * @default {false}
   */
  bom?: boolean;
};

/**
 * The function `stringify` of the package: serialises rows as comma-separated values, with lines that end in CR LF.
 *
 * @param data The rows.
 * @param options Columns, headers, separator.
 * @returns The text.
 * @throws {TypeError} If the separator contains a quote or CR LF, a row is a record but there are no
 * columns, or the key of a column is not a number but the value is an array.
 */
export type Stringify = (data: readonly DataItem[], options?: StringifyOptions) => string;

/** The function `stringify` of csv-stringify. */
export type WriteRecords = typeof import("npm:csv-stringify@6.9.0/sync").stringify;

/**
 * Creates `stringify`.
 *
 * @param writeRecords The function that it is made from.
 * @returns The function.
 */
export function makeStringify(writeRecords: WriteRecords): Stringify {
  return (data, options) => serialised(writeRecords, data, options);
}

function serialised(
  writeRecords: WriteRecords,
  data: readonly DataItem[],
  { headers = true, separator = ",", columns = [], bom = false }: StringifyOptions = {},
): string {
  if (separator.includes('"') || separator.includes("\r\n")) {
    throw new TypeError(
      `Separator cannot include a quotation mark or a line end but found ${
        JSON.stringify(separator)
      }`,
    );
  }
  const details = columns.map(detailed);
  const rows = data.map((item) => values(item, details).map(text));
  if (headers && details.length > 0) rows.unshift(details.map(({ header }) => header));
  return writeRecords(rows, {
    bom,
    delimiter: separator,
    record_delimiter: "\r\n",
    quoted_match: "\n",
  });
}

interface Detailed {
  header: string;
  path: readonly PropertyAccessor[];
}

function detailed(column: Column): Detailed {
  const isDetails = typeof column === "object" && !Array.isArray(column);
  const path = [isDetails ? column.prop : column].flat();
  return { header: isDetails && column.header || String(path.at(-1)), path };
}

function values(item: DataItem, columns: readonly Detailed[]): readonly unknown[] {
  if (columns.length > 0) return columns.map(({ path }) => path.reduce(property, item as unknown));
  if (Array.isArray(item)) return item;
  throw new TypeError("No property accessor function was provided for object");
}

function property(value: unknown, key: PropertyAccessor): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) && typeof key !== "number") {
    throw new TypeError('Property accessor is not of type "number"');
  }
  return (value as Record<PropertyAccessor, unknown>)[key];
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
