/**
 * The standard library's CSV package, loaded when a file is first read or written, so that importing this project does
 * not contact JSR. Where JSR cannot be reached, a replacement over npm packages is loaded.
 *
 * @module
 */
import { type Csv, npmCsv } from "./npm_csv/mod.ts";
import { ON_USE } from "./on_use.ts";

/**
 * Loads the package.
 *
 * @returns Its functions `parse` and `stringify`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { parse } = await csv();
 * assertEquals(parse("step,loss\n1,0.5\n", { skipFirstRow: true }), [{ step: "1", loss: "0.5" }]);
 * ```
 */
export function csv(): Promise<Csv> {
  return import(`jsr:@std/csv@^1.0.0/${ON_USE}`).catch(npmCsv);
}
