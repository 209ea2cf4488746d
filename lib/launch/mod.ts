/**
 * How many processes of one training are found, started, supervised and restarted.
 *
 * @example A script under `srun` or with `TF_CONFIG`
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { membership } from "@nbn/toolkit/launch";
 *
 * // Outside of a cluster the process trains alone.
 * const nothing = () => undefined;
 * assertEquals(membership(nothing), undefined);
 * ```
 *
 * @module
 */
export type { Membership } from "../core/membership.ts";
export type { Environment } from "./environment.ts";
export { membership, processShare } from "./from_environment.ts";
export type { Share } from "./share.ts";
