/**
 * The register of tokens of detection recipes: a line for each, or for a few that share a file.
 *
 * @module
 */
export { maskRcnnToken } from "./tokens/mask_rcnn.ts";
export { backboneNbnToken } from "./tokens/nbn.ts";
export { ceToken, eqlToken, seesawToken } from "./tokens/region_losses.ts";
export { repeatFactorToken } from "./tokens/repeat_factor.ts";
