/**
 * Other norms at the sites of NBN.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { batchNorm } from "./batch_norm.ts";
import type { Norm } from "./module.ts";
import { isPlaced, type Placement } from "./placement.ts";
import { branch } from "./sequential.ts";

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
 * import { flatten } from "../core/tree.ts";
 * import { resnet32 } from "./resnet_cifar.ts";
 * import { layerNorm } from "./sample_norms.ts";
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
 * import { rng } from "../core/rng.ts";
 * import { layerNorm } from "./sample_norms.ts";
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
    const second = norm(site);
    return {
      init(rng, inputShape) {
        const made = first.init(rng, inputShape);
        const { params } = second.init(rng.fork("added"), inputShape);
        const added: Params = Object.keys(params).length > 0 ? { added: params } : {};
        return { ...made, params: { ...made.params, ...added } };
      },
      apply(params, state, x, mode) {
        const { added: _own, ...rest } = params;
        const result = first.apply(rest, state, x, mode);
        return {
          y: second.apply(branch(params, "added"), {}, result.y, mode).y,
          state: result.state,
        };
      },
    };
  };
}
