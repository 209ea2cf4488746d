/**
 * A part of a network that is complete in itself: what its layers share is its own.
 *
 * @module
 */
import type { Module } from "./module.ts";

/**
 * Gives a module a name of its own within a network: its taps and the paths that its norms report begin with
 * it, and what its layers share (the magnitude of NBN) stands at the root of the module's parameters, not of
 * the network's. So every expert of an ensemble has one magnitude.
 *
 * @param name The part's name, under which the composition keeps its parameters.
 * @param module The part.
 * @returns The same part, on its own.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
 * import { nbn } from "./nbn.ts";
 *
 * const { params, shared } = scoped("expert1", nbn()({ channels: 4 })).init(rng(0), [4]);
 * assertEquals(Object.keys(params), ["weight", "bias", "nbn"]);
 * assertEquals(shared, undefined);
 * ```
 */
export function scoped(name: string, module: Module): Module {
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
