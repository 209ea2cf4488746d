/**
 * Networks: modules with a name and all parameters, shared ones included, in one tree.
 *
 * @module
 */
import { elementsOf } from "../core/shape.ts";
import { type Rng, rng } from "../core/rng.ts";
import { flatten } from "../core/tree.ts";
import type { Initialised, Module } from "./module.ts";

/** A module that can be trained, evaluated and saved: it has a name, and stores the parameters that its parts share. */
export interface Network extends Module {
  /** Name for logs and checkpoints, for instance `resnet32`. */
  readonly name: string;
  /**
   * Creates the initial parameters and state.
   *
   * @param random Seed of the initialisation, or a random stream.
   * @param inputShape Shape of one input without the batch, for instance `[32, 32, 3]`.
   * @returns Parameters and state, and the shape of one output.
   */
  init(random: number | Rng, inputShape: readonly number[]): Initialised;
}

/**
 * Creates a network from a module; parameters shared by its layers are stored once, at the root of the tree.
 *
 * @param module The outermost module, which may itself extend a network.
 * @param options Name of the network.
 * @returns The network.
 * @throws {RangeError} When initialised, if a part has the name under which shared parameters are stored.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linear, network } from "@nbn/toolkit/nn";
 *
 * const net = network(linear({ units: 2 }), { name: "probe" });
 * assertEquals(net.init(0, [3]).outputShape, [2]);
 * ```
 */
export function network(module: Module, { name = "network" }: { name?: string } = {}): Network {
  return {
    name,
    init(random, inputShape) {
      if (elementsOf(inputShape) === 0) {
        throw new RangeError(
          `Expected an input shape of integers above 0 but found [${inputShape}]`,
        );
      }
      const stream = typeof random === "number" ? rng(random) : random;
      return withShared(module.init(stream, inputShape), name);
    },
    apply: (params, state, x, mode) => module.apply(params, state, x, { ...mode, shared: params }),
  };
}

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
 * import { rng } from "@nbn/toolkit/core";
 * import { nbn, withScope } from "@nbn/toolkit/nn";
 *
 * const { params, shared } = withScope("expert1", nbn()({ channels: 4 })).init(rng(0), [4]);
 * assertEquals(Object.keys(params), ["weight", "bias", "nbn"]);
 * assertEquals(shared, undefined);
 * ```
 */
export function withScope(name: string, module: Module): Module {
  const part = network(module, { name });
  const full = (path: string) => `${name}/${path}`;
  return {
    init: part.init,
    apply(params, state, x, { tap, onMagnitudeGradient, onNorm, ...mode }) {
      return part.apply(params, state, x, {
        ...mode,
        tap: tap && ((inner, feature) => tap(full(inner), feature)),
        onMagnitudeGradient: onMagnitudeGradient &&
          ((path, gradient) => onMagnitudeGradient(full(path), gradient)),
        onNorm: onNorm &&
          (({ site, ...norm }) => onNorm({ ...norm, site: { ...site, path: full(site.path) } })),
      });
    },
  };
}

/** Adds shared parameters to the others; those that an extended network has stored already are kept. */
function withShared({ shared = {}, ...made }: Initialised, name: string): Initialised {
  const params = { ...made.params }, stored = new Set(flatten(made.params).map(([path]) => path));
  for (const [key, tree] of Object.entries(shared)) {
    if (!Object.hasOwn(params, key)) params[key] = tree;
    else {
      for (const [path, tensor] of flatten({ [key]: tree })) {
        if (!stored.has(path)) {
          throw new RangeError(
            `Expected no part of ${name} to be called ${key}, where shared parameters are stored: rename it`,
          );
        }
        tensor.dispose();
      }
    }
  }
  return { ...made, params };
}
