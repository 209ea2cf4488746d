/**
 * The standard library's CSV package, loaded only when a file is read or written, so that a script
 * elsewhere that imports this project needs no JSR before that.
 *
 * @module
 */

/**
 * Loads the package.
 *
 * @returns Its module, with `parse` and `stringify`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { parse } = await csv();
 * assertEquals(parse("step,loss\n1,0.5\n", { skipFirstRow: true }), [{ step: "1", loss: "0.5" }]);
 * ```
 */
export function csv(): Promise<typeof import("jsr:@std/csv@^1.0.0")> {
  return import("jsr:@std/csv@^1.0.0");
}
