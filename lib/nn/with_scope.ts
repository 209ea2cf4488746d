/**
 * Self-contained parts of a network, whose layers share parameters only among themselves.
 *
 * @module
 */
import type { Module } from "./module.ts";

/**
 * Scopes a module within a network: its taps and the paths reported by its norms are prefixed with the name, and
 * parameters shared by its layers (the magnitude of NBN) are stored at the root of the module's parameters, not of
 * the network's. Thus every expert of an ensemble has one magnitude.
 *
 * @param name Name of the part, under which the composition stores its parameters.
 * @param module The part.
 * @returns The scoped part.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
 * import { nbn } from "./nbn.ts";
 *
 * const { params, shared } = withScope("expert1", nbn()({ channels: 4 })).init(rng(0), [4]);
 * assertEquals(Object.keys(params), ["weight", "bias", "nbn"]);
 * assertEquals(shared, undefined);
 * ```
 */
export function withScope(name: string, module: Module): Module {
  const within = (path: string) => `${name}/${path}`;
  return {
    init(rng, inputShape) {
      const { shared, ...made } = module.init(rng, inputShape);
      const twice = Object.keys(shared ?? {}).find((key) => key in made.params);
      if (twice) {
        throw new RangeError(
          `Expected no part of ${name} to be called ${twice}, the place of what parts share: rename it`,
        );
      }
      return { ...made, params: { ...made.params, ...shared } };
    },
    apply(params, state, x, { tap, onMagnitudeGradient, onNorm, ...mode }) {
      return module.apply(params, state, x, {
        ...mode,
        shared: params,
        tap: tap && ((inner, feature) => tap(within(inner), feature)),
        onMagnitudeGradient: onMagnitudeGradient &&
          ((path, gradient) => onMagnitudeGradient(within(path), gradient)),
        onNorm: onNorm &&
          (({ site, ...norm }) => onNorm({ ...norm, site: { ...site, path: within(site.path) } })),
      });
    },
  };
}
