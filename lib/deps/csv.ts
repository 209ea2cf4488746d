/**
 * The standard library's CSV package, loaded only when a file is read or written, so that a script
 * elsewhere that imports this project asks nothing of JSR before that: its name is not a literal argument of `import`,
 * for those Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */

const PACKAGE: string = "jsr:@std/csv@^1.0.0";

/** What `deno.json` links to in its place, for a script elsewhere on a machine that cannot reach JSR. */
const STAND_IN: string = new URL("../../links/csv/mod.ts", import.meta.url).href;

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
  return import(PACKAGE).catch(() => import(STAND_IN));
}
