/**
 * Printing without control characters.
 *
 * @module
 */
import { printable } from "../core/printable.ts";

const METHODS = ["log", "info", "warn", "error"] as const;

/**
 * Makes the console print the control characters of texts as their codes, because names of files, classes and recipes
 * appear in almost everything that is printed.
 *
 * @returns A function that restores the console.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { log } = console, printed: unknown[] = [];
 * console.log = (text) => printed.push(text);
 * const restore = printableConsole();
 * console.log("a\u0007b");
 * restore();
 * console.log = log;
 * assertEquals(printed, ["a\\x07b"]);
 * ```
 */
export function printableConsole(): () => void {
  const before = METHODS.map((method) => [method, console[method]] as const);
  for (const [method, print] of before) {
    console[method] = (...values: unknown[]) =>
      print(...values.map((value) => typeof value === "string" ? printable(value) : value));
  }
  return () => Object.assign(console, Object.fromEntries(before));
}
