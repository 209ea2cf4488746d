/**
 * A thin replacement of `jsr:@std/assert` over Node's modules, for machines that cannot reach JSR, with
 * the same names, signatures and semantics as far as this project uses them. Deleting `links` in
 * `deno.json` selects the original package.
 *
 * @module
 */
export * from "./assertion_error.ts";
export * from "./collections.ts";
export * from "./equal.ts";
export * from "./equality.ts";
export * from "./numbers.ts";
export * from "./text.ts";
export * from "./throwing.ts";
export * from "./truth.ts";
