/**
 * The register of data sets of detection recipes.
 *
 * @module
 */
export { builtinLvis } from "./builtin_lvis.ts";
export { lvis } from "./lvis.ts";
