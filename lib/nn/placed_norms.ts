/**
 * Other norms at the sites of NBN.
 *
 * @module
 */
import { batchNorm } from "./batch_norm.ts";
import { sequential } from "./sequential.ts";
import type { Norm } from "./module.ts";
import { isPlaced, type Placement } from "./placement.ts";

/** Options of {@linkcode replaceNorm} and {@linkcode addNorm}. */
export interface PlacedNormOptions {
  /**
   * Sites at which the norm is used.
   *
   * @default {"default": the sites of NBN}
   */
  placement?: Placement;
  /**
   * Norm at the other sites; for {@linkcode addNorm}, the norm that precedes the added one, too.
   *
   * @default {batchNorm()}
   */
  others?: Norm;
}

/**
 * Replaces batch norm by another norm (paper, Table XIII, "replace BN with").
 *
 * @param norm The replacement.
 * @param options Placement, and the norm at the other sites.
 * @returns The norm for a network's `norm` argument.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { layerNorm, replaceNorm, resnet32 } from "@nbn/toolkit/nn";
 *
 * const net = resnet32({ classes: 10, norm: replaceNorm(layerNorm()) });
 * const paths = flatten(net.init(0, [32, 32, 3]).state).map(([path]) => path);
 * assertEquals(paths.includes("stage3/block1/bn2/mean"), false);
 * ```
 */
export function replaceNorm(
  norm: Norm,
  { placement = "default", others = batchNorm() }: PlacedNormOptions = {},
): Norm {
  return (site) => isPlaced(placement, site) ? norm(site) : others(site);
}

/**
 * Adds a norm after batch norm (paper, Tables XII and XIII). Its parameters are stored under `added`, beside those of
 * the batch norm.
 *
 * @param norm The norm to add.
 * @param options Placement, and the norm that it follows.
 * @returns The norm for a network's `norm` argument.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { addNorm, layerNorm } from "@nbn/toolkit/nn";
 *
 * const { params } = addNorm(layerNorm())({ channels: 4 }).init(rng(0), [8, 8, 4]);
 * assertEquals(Object.keys(params), ["weight", "bias", "added"]);
 * ```
 */
export function addNorm(
  norm: Norm,
  { placement = "default", others = batchNorm() }: PlacedNormOptions = {},
): Norm {
  return (site) => {
    const first = others(site);
    if (!isPlaced(placement, site)) return first;
    return sequential({ added: norm(site) }, first);
  };
}
