/**
 * Choosing parts of a network by their paths.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../../core/tree.ts";

/**
 * Whether a path lies in one of some parts.
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
 * The parameters that a stage trains.
 *
 * @param stage Paths of what trains, all if left out, and of what does not nevertheless.
 * @param params All parameters.
 * @returns A tree of those that train; it shares its tensors with the whole one.
 */
export function trainedParams(
  { trains, freezes = [] }: {
    readonly trains?: readonly string[];
    readonly freezes?: readonly string[];
  },
  params: Params,
): Params {
  if (!trains && freezes.length === 0) return params;
  const learns = (path: string) => (!trains || isIn(trains, path)) && !isIn(freezes, path);
  return unflatten(flatten(params).filter(([path]) => learns(path)));
}
