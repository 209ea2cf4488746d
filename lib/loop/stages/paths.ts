/**
 * Selects parts of a network by their paths.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../../core/tree.ts";

/**
 * Whether a path is in one of the given parts.
 *
 * @param parts For instance `["head", "nbn/magnitude"]`.
 * @param path For instance `head/weight`.
 * @returns Whether it is one of them or within one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["head/weight", "header/weight"].map((path) => isIn(["head"], path)), [true, false]);
 * ```
 */
export function isIn(parts: readonly string[], path: string): boolean {
  return parts.some((part) => path === part || path.startsWith(`${part}/`));
}

/**
 * Selects the parameters that a stage trains.
 *
 * @param stage Paths of trained parts and exceptions.
 * @param params All parameters.
 * @returns A tree of the trained parameters; it shares its tensors with `params`.
 */
export function trainedParams(
  stage: Trained,
  params: Params,
): Params {
  const { trains, except = [], frozen = [] } = stage;
  if (!trains && except.length + frozen.length === 0) return params;
  return unflatten(flatten(params).filter(([path]) => isTrained(stage, path)));
}

/** Paths of trained parts and of exceptions from them. */
export interface Trained {
  /**
   * Parts that are trained.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /** Parts among them that the stage does not train. */
  readonly except?: readonly string[];
  /** Parts frozen in all stages. */
  readonly frozen?: readonly string[];
}

/**
 * Whether a stage trains a parameter.
 *
 * @param stage Paths of trained parts and exceptions.
 * @param path Path of the parameter.
 * @returns Whether it does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isTrained({ trains: ["head"], frozen: ["head/bias"] }, "head/weight"), true);
 * ```
 */
export function isTrained({ trains, except = [], frozen = [] }: Trained, path: string): boolean {
  return (!trains || isIn(trains, path)) && !isIn(except, path) && !isIn(frozen, path);
}
