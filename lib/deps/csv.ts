/**
 * The standard library's CSV package, loaded when a file is first read or written, so that importing this project
 * does not contact JSR. The specifier is not a literal argument of `import()`, because Deno downloads literal
 * specifiers as soon as the importing module is loaded.
 *
 * @module
 */

const PACKAGE: string = "jsr:@std/csv@^1.0.0";

/** The local replacement that `deno.json` links to: the fallback for scripts outside this project without JSR. */
const STAND_IN: string = new URL("../../links/csv/mod.ts", import.meta.url).href;

/**
 * Loads the package.
 *
 * @returns The module, with `parse` and `stringify`.
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
  return import(PACKAGE).catch(() => import(STAND_IN));
}
