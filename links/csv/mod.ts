/**
 * A thin replacement of `jsr:@std/csv` over the npm packages csv-parse and csv-stringify, for machines
 * that cannot reach JSR, with the same names, signatures and options as far as this project uses them.
 * Deleting `links` in `deno.json` selects the original package.
 *
 * @module
 */
export * from "./parse.ts";
export * from "./stringify.ts";
