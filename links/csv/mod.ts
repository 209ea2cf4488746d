/**
 * A thin stand-in for `jsr:@std/csv` over the npm packages csv-parse and csv-stringify, for machines
 * that cannot reach JSR: the same names, signatures and options for what this project uses. Deleting
 * `links` in `deno.json` takes the real package.
 *
 * @module
 */
export * from "./parse.ts";
export * from "./stringify.ts";
