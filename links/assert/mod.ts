/**
 * A thin stand-in for `jsr:@std/assert` over Node's own modules, for machines that cannot reach JSR:
 * the same names, signatures and meaning for what this project uses. Deleting `links` in `deno.json`
 * takes the real package.
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
