/**
 * The version of this library.
 *
 * @module
 */

/**
 * As in `deno.json`, to which a test holds it: that file is no plain JSON, and a script that imports `mod.ts` from
 * elsewhere cannot read it.
 */
export const VERSION = "0.1.0";
