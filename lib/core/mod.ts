/**
 * Errors, counter-based random numbers, and trees of parameters.
 *
 * Every function of the toolkit throws one of these errors for input that its user can correct, with one line that
 * names what was expected, what was found and what to do.
 *
 * @example Random numbers that depend on nothing but seed and position
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 *
 * const first = rng(7), second = rng(7);
 * assertEquals(first.uniform(), second.uniform());
 * ```
 *
 * @module
 */
export {
  BusyError,
  CheckpointError,
  DataError,
  DivergedError,
  EngineError,
  InputError,
  PeerError,
  UsageError,
} from "./errors.ts";
export type { Membership } from "./membership.ts";
export type { Part } from "./parts.ts";
export { type Rng, rng } from "./rng.ts";
export {
  disposeTree,
  flatten,
  mapTree,
  type Params,
  type Records,
  type Tree,
  unflatten,
} from "./tree.ts";
