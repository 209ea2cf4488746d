/**
 * Texts in CSV that a spreadsheet would take for a formula.
 *
 * @module
 */

/** First characters by which spreadsheets recognise formulas. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Makes a name safe to open in a spreadsheet, which would otherwise run a formula that someone has written into it.
 *
 * @param name A class name or another text; numbers of the toolkit's own need no care.
 * @returns The name, after an apostrophe if it begins like a formula: spreadsheets take the rest as text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["=1+1", "heron"].map(spreadsheetName), ["'=1+1", "heron"]);
 * ```
 */
export function spreadsheetName(name: string): string {
  return FORMULA.test(name) ? `'${name}` : name;
}

/**
 * Makes a path safe to open in a spreadsheet.
 *
 * @param path The path.
 * @returns The path, as `./path` if it begins like a formula: the same file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["=1.jpg", "a/=1.jpg"].map(spreadsheetPath), ["./=1.jpg", "a/=1.jpg"]);
 * ```
 */
export function spreadsheetPath(path: string): string {
  return FORMULA.test(path) ? `./${path}` : path;
}
